"""Addresses on local networks that stand for a kind of device, and carriers' own gateways."""

import ipaddress

from witnessmark.knowledge.schema import Rule


class LocalAddress(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One address or network.

    ``network``  an IPv4 address, or a network as ``10.1.0.0/16``.
    """

    network: str

    def recognises(self, text: str) -> bool:
        """Whether the host ``text`` lies in it."""
        try:
            return ipaddress.ip_address(text) in ipaddress.ip_network(self.network)
        except ValueError:
            return False


ENTRY = LocalAddress
