"""These projects are read; their tests are not run."""

collect_ignore_glob = ["*"]
