"""What a project writes itself around django-jaiminho, which brings no broker and no consumer."""
