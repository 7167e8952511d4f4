# ALL EXPECTED
import animals.models
from animals.models import Animal, Feeding, Named, Tame as TameAnimal
from django.db import models


class Bird(Animal):  # EXPECT: model_inheritance birds->animals source=birds.Bird target=animals.Animal
    span = models.FloatField()


class Parrot(Bird):
    """Of its own app; that Bird reaches animals is told at Bird."""


class Hen(Feeding, TameAnimal):  # EXPECT: model_inheritance birds->animals source=birds.Hen target=animals.Tame
    eggs = models.IntegerField()


class Owl(  # EXPECT: model_inheritance birds->animals source=birds.Owl target=animals.Animal
    animals.models.Animal,
):
    pass


class Proxied(Animal):  # EXPECT: model_inheritance birds->animals source=birds.Proxied target=animals.Animal
    class Meta:
        proxy = True


class Linked(Animal):  # EXPECT: model_inheritance birds->animals source=birds.Linked target=animals.Animal
    animal = models.OneToOneField(Animal, on_delete=models.CASCADE, parent_link=True)  # EXPECT: one_to_one birds->animals source=birds.Linked.animal target=animals.Animal on_delete=CASCADE


class Egg(Named):
    """From an abstract base: the columns are its own."""


class Trained(Animal):
    tricks = models.IntegerField()

    class Meta:
        abstract = True


class Nest(Feeding, models.Model):
    pass
