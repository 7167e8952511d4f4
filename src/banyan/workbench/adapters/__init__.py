"""How the workbench reaches the machine it runs on."""
