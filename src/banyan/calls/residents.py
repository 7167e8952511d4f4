"""The databases of the modules that are resident in this process."""

from banyan import modules


def aliases() -> list[str]:
    """Their aliases; ``default`` where nothing says otherwise."""
    residency = modules.current()
    named = {
        module.database
        for module in residency.project.modules.values()
        if residency.is_resident(module.name)
    }
    return sorted(named or {"default"})
