"""Where open pages find the stream."""

from townhall.kernel.design.registries import links

links.add("stream", "live:stream")
