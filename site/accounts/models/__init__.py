"""People who sign in, people and organisations of the network, one-time slips."""

from accounts.models.network import ChangeAgent, NetworkMember
from accounts.models.slips import AccessSlip
from accounts.models.users import User, UserManager

__all__ = ["AccessSlip", "ChangeAgent", "NetworkMember", "User", "UserManager"]
