# ALL EXPECTED
from birds.models import Bird, Trained


class Star(Trained):  # EXPECT: model_inheritance shows->animals source=shows.Star target=animals.Animal
    pass


class Singer(Bird):  # EXPECT: model_inheritance shows->birds source=shows.Singer target=birds.Bird
    pass


def of_the_parents_columns():
    # The name stands in the table of animals: a join to it.
    return Singer.objects.filter(name="x")  # MAY: orm_lookup shows->animals


def of_the_parent(singer: Singer):
    return singer.bird_ptr  # MAY: model_access shows->birds


def own():
    return Star.objects.count()
