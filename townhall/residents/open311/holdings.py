"""What Open311 keeps is about other systems and addresses of photos. Reports hold what people said."""

from townhall.kernel.privacy.registries import not_personal

not_personal.add("open311.ApiKey", "names of other systems")
not_personal.add("open311.RemotePhoto", "web addresses of photos; the photos are documents")
