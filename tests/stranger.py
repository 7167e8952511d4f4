"""Protobuf as a stranger: descriptors of messages and contracts, made from their shapes."""

from collections.abc import Sequence
from typing import Any

from google.protobuf import (
    descriptor_pb2,
    descriptor_pool,
    duration_pb2,
    message_factory,
    timestamp_pb2,
)
from google.protobuf.message import Message as ProtobufMessage

from banyan import Message
from banyan.contracts import MethodSpec, spec_of
from banyan.contracts.naming import pascal_case
from banyan.contracts.shapes import (
    Enumeration,
    Field,
    Keyed,
    Nested,
    OneOf,
    Repeated,
    Scalar,
    Shape,
    field_of,
    fields_of,
)

FieldProto = descriptor_pb2.FieldDescriptorProto
WELL_KNOWN_FILES = (timestamp_pb2, duration_pb2)
SCALARS = {
    Scalar.BOOL: FieldProto.TYPE_BOOL,
    Scalar.INT: FieldProto.TYPE_INT64,
    Scalar.FLOAT: FieldProto.TYPE_DOUBLE,
    Scalar.STR: FieldProto.TYPE_STRING,
    Scalar.BYTES: FieldProto.TYPE_BYTES,
    Scalar.DECIMAL: FieldProto.TYPE_STRING,
    Scalar.DATE: FieldProto.TYPE_STRING,
    Scalar.TIME: FieldProto.TYPE_STRING,
    Scalar.UUID: FieldProto.TYPE_STRING,
}
WELL_KNOWN = {
    Scalar.TIMESTAMP: ".google.protobuf.Timestamp",
    Scalar.DURATION: ".google.protobuf.Duration",
}


def protobuf_class(message: type[Message]) -> type[ProtobufMessage]:
    """The class that protobuf itself makes of the same message."""
    pool = descriptor_pool.DescriptorPool()
    for well_known in WELL_KNOWN_FILES:
        pool.AddSerializedFile(well_known.DESCRIPTOR.serialized_pb)
    describing = _Describing("stranger")
    name = describing.message(message)
    pool.Add(describing.file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name.removeprefix(".")))


def descriptors_of(contract: type) -> bytes:
    """What a protobuf compiler would make of the contract: a serialized FileDescriptorSet."""
    spec = spec_of(contract)
    describing = _Describing(spec.name.rpartition(".")[0])
    service = describing.file.service.add(name=contract.__name__)
    for method in spec.methods.values():
        name = pascal_case(method.name)
        request, response = _request_and_response(method)
        service.method.add(
            name=name,
            input_type=describing.record(f"{name}Request", request),
            output_type=describing.record(f"{name}Response", response),
        )
        for error in method.raises:
            describing.record(error.type.__name__, fields_of(error.type))
    files = descriptor_pb2.FileDescriptorSet()
    for well_known in WELL_KNOWN_FILES:
        well_known.DESCRIPTOR.CopyToProto(files.file.add())
    files.file.append(describing.file)
    return files.SerializeToString()


def _request_and_response(method: MethodSpec) -> tuple[list[Field], list[Field]]:
    request = [
        field_of(method.name, name, parameter.annotation)
        for name, parameter in method.parameters.items()
    ]
    returned = method.signature.return_annotation
    return request, [] if returned is None else [field_of(method.name, "result", returned)]


def _is_message(field: Any) -> bool:
    return bool(field.type == FieldProto.TYPE_MESSAGE)


class _Describing:
    def __init__(self, package: str) -> None:
        self.package = package
        self.file = descriptor_pb2.FileDescriptorProto(
            name="stranger.proto",
            package=package,
            syntax="proto3",
            dependency=[well_known.DESCRIPTOR.name for well_known in WELL_KNOWN_FILES],
        )
        self.done: set[str] = set()

    def message(self, message: type[Message]) -> str:
        name = message.__name__
        return (
            f".{self.package}.{name}"
            if name in self.done
            else self.record(name, fields_of(message))
        )

    def record(self, name: str, fields: Sequence[Field]) -> str:
        if name not in self.done:
            self.done.add(name)
            proto = self.file.message_type.add(name=name)
            synthetic: list[Any] = []
            for number, field in enumerate(fields, start=1):
                added = proto.field.add(name=field.name, number=number, json_name=field.json)
                self.field(proto, added, field.shape)
                if isinstance(field.shape, Scalar | Enumeration) and not _is_message(added):
                    synthetic.append(added)
            # `optional` is told by a oneof of its own, which must stand after the real ones.
            for added in synthetic:
                added.proto3_optional = True
                added.oneof_index = len(proto.oneof_decl)
                proto.oneof_decl.add(name=f"_{added.name}")
        return f".{self.package}.{name}"

    def field(self, owner: Any, added: Any, shape: Shape) -> None:
        added.label = FieldProto.LABEL_OPTIONAL
        match shape:
            case Scalar() if shape in WELL_KNOWN:
                added.type, added.type_name = FieldProto.TYPE_MESSAGE, WELL_KNOWN[shape]
            case Scalar():
                added.type = SCALARS[shape]
            case Enumeration(enum):
                added.type, added.type_name = FieldProto.TYPE_ENUM, self.enumeration(enum)
            case Nested(message):
                added.type, added.type_name = FieldProto.TYPE_MESSAGE, self.message(message)
            case OneOf(members):
                added.type, added.type_name = FieldProto.TYPE_MESSAGE, self.one_of(members)
            case Repeated(item):
                self.field(owner, added, item)
                added.label = FieldProto.LABEL_REPEATED
            case Keyed(key, value):
                camel = "".join(part[:1].upper() + part[1:] for part in added.name.split("_"))
                entry = owner.nested_type.add(name=f"{camel}Entry")
                entry.options.map_entry = True
                self.field(entry, entry.field.add(name="key", number=1), Scalar(key))
                self.field(entry, entry.field.add(name="value", number=2), value)
                added.type = FieldProto.TYPE_MESSAGE
                added.type_name = f".{self.package}.{owner.name}.{entry.name}"
                added.label = FieldProto.LABEL_REPEATED

    def enumeration(self, enum: Any) -> str:
        # In a message of its own, as members are named beside their enum, not in it.
        if enum.__name__ not in self.done:
            self.done.add(enum.__name__)
            proto = self.file.message_type.add(name=enum.__name__).enum_type.add(name="Value")
            for number, name in enumerate(enum.__members__):
                proto.value.add(name=name, number=number)
        return f".{self.package}.{enum.__name__}.Value"

    def one_of(self, members: tuple[tuple[str, type[Message]], ...]) -> str:
        name = "Or".join(kind.__name__ for _, kind in members)
        if name not in self.done:
            self.done.add(name)
            proto = self.file.message_type.add(name=name)
            proto.oneof_decl.add(name="kind")
            for number, (member, kind) in enumerate(members, start=1):
                added = proto.field.add(name=member, number=number, oneof_index=0)
                self.field(proto, added, Nested(kind))
        return f".{self.package}.{name}"
