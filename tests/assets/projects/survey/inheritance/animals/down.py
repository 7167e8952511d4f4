# ALL EXPECTED
from animals.models import Animal


def to_the_child(animal: Animal):
    return animal.bird.span  # EXPECT: reverse_accessor animals->birds target=birds.Bird


def by_the_child():
    return Animal.objects.filter(bird__span__gt=3)  # EXPECT: orm_lookup animals->birds
