"""The demonstration as the browser tests drive it: the editor saves when it is told to, not by itself meanwhile."""

from cms.settings.dev import *

# Publishing while a save of the editor's own is under way is refused; when that happens depends on the machine's speed.
WAGTAIL_AUTOSAVE_INTERVAL = 0
