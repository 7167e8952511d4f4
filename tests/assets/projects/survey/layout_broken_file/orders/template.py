# A template of a file, not Python yet.
{% for model in models %}  # PROBLEM: *
class {{ model.name }}(models.Model):
    pass
{% endfor %}
