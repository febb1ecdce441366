"""What can be done with organisations, the people in them and their keys."""

from klankbord.organisations.members import Member as Member
from klankbord.organisations.members import MembershipLine as MembershipLine
from klankbord.organisations.services.editions import NothingWaits as NothingWaits
from klankbord.organisations.services.editions import Place as Place
from klankbord.organisations.services.editions import back_to_ours as back_to_ours
from klankbord.organisations.services.editions import drop_draft as drop_draft
from klankbord.organisations.services.editions import go_back as go_back
from klankbord.organisations.services.editions import publish as publish
from klankbord.organisations.services.editions import undo_draft as undo_draft
from klankbord.organisations.services.editions import write_draft as write_draft
from klankbord.organisations.services.entrance import (
    PassphraseTooWeak as PassphraseTooWeak,
)
from klankbord.organisations.services.entrance import SignInRefused as SignInRefused
from klankbord.organisations.services.entrance import TooManyTries as TooManyTries
from klankbord.organisations.services.entrance import change_passphrase as change_passphrase
from klankbord.organisations.services.entrance import confirm_one_time_code as confirm_one_time_code
from klankbord.organisations.services.entrance import confirm_passphrase as confirm_passphrase
from klankbord.organisations.services.entrance import drop_one_time_code as drop_one_time_code
from klankbord.organisations.services.entrance import keep_member as keep_member
from klankbord.organisations.services.entrance import member_in as member_in
from klankbord.organisations.services.entrance import recover as recover
from klankbord.organisations.services.entrance import renew_recovery as renew_recovery
from klankbord.organisations.services.entrance import sign_in as sign_in
from klankbord.organisations.services.entrance import sign_out as sign_out
from klankbord.organisations.services.entrance import start_one_time_code as start_one_time_code
from klankbord.organisations.services.founding import (
    add_unit as add_unit,
)
from klankbord.organisations.services.founding import certify as certify
from klankbord.organisations.services.founding import engage as engage
from klankbord.organisations.services.founding import found_installation as found_installation
from klankbord.organisations.services.founding import found_organisation as found_organisation
from klankbord.organisations.services.founding import give_role as give_role
from klankbord.organisations.services.founding import join as join
from klankbord.organisations.services.founding import open_account as open_account
