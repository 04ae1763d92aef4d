"""Which addresses may be connected to: public ones, and exactly the loopback hosts that the registry names.

The check is made on the address that is connected to, after name resolution, so that no name and no redirect can lead
into the network of whoever runs this.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses behind a translator (RFC 6052): what counts is the address inside."""


def refusal(address: str, *, private: bool) -> str:
    """Return why an address must not be connected to, the empty text where it may.

    ``private``: the registry names this host and port as a loopback host; then nothing else is allowed.

    >>> refusal("93.184.215.14", private=False), refusal("127.0.0.1", private=True)
    ('', '')
    >>> refusal("10.0.0.8", private=False)
    '10.0.0.8 is not a public address'
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address} is not an address"
    if private:
        return "" if parsed.is_loopback else f"{address} is not a loopback address, as its entry under hosts promises"
    return "" if is_public(parsed) else f"{address} is not a public address"


def is_public(address: Address) -> bool:
    """Return whether an address can be reached by everyone; one that carries an IPv4 address is judged by that too.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("2606:4700::1", "::ffff:10.0.0.8", "2002:7f00:1::", "fec0::1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inside = _inside(address)
        if inside is not None:
            return is_public(inside)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address leads to: mapped, 6to4 (RFC 3056) or NAT64 (RFC 6052)."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
