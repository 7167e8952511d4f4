class PluginMeta:
    name = "gifts"
