# MODULES: photos gallery own
SECRET_KEY = "x"
INSTALLED_APPS = ["photos", "gallery", "own"]
PHOTOS_IMAGE_MODEL = "own.Picture"
