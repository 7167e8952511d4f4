default_app_config = "people.apps.PeopleConfig"
