"""Tables of the content part that are not pages."""

from .disclaimers import DisclaimerKind, DisclaimerSnippet, DisclaimerVersion, Placement
from .drift import PageDrift, PageFinding
from .heads import ChainHead
from .imports import ImportSource
from .menus import Menu
from .people import ConflictDeclaration, Credential, PersonProfile
from .policies import OrganizationSettings, ReviewPolicy, ReviewRule
from .records import PublicationReason, PublicationRecord
from .references import Certainty, Direction, Reference, ReferenceKind
from .renditions import RenditionJob, RenditionState
from .review import (
    EmergencyPublication,
    GateOverride,
    MedicalReview,
    OverrideApproval,
    OverrideKind,
    ReviewRejection,
    ReviewScope,
    RiskConfirmation,
)
from .subjects import (
    Condition,
    Jurisdiction,
    MedicineSystem,
    PermittedClaim,
    ProcedureType,
    Stance,
    Treatment,
)
from .topics import Topic
from .withdrawals import Severity, Withdrawal
from .workflow import MedicalReviewTask

__all__ = [
    "Certainty",
    "ChainHead",
    "Condition",
    "ConflictDeclaration",
    "Credential",
    "Direction",
    "DisclaimerKind",
    "DisclaimerSnippet",
    "DisclaimerVersion",
    "EmergencyPublication",
    "GateOverride",
    "ImportSource",
    "Jurisdiction",
    "MedicalReview",
    "MedicalReviewTask",
    "MedicineSystem",
    "Menu",
    "OrganizationSettings",
    "OverrideApproval",
    "OverrideKind",
    "PageDrift",
    "PageFinding",
    "PermittedClaim",
    "PersonProfile",
    "Placement",
    "ProcedureType",
    "PublicationReason",
    "PublicationRecord",
    "Reference",
    "ReferenceKind",
    "RenditionJob",
    "RenditionState",
    "ReviewPolicy",
    "ReviewRejection",
    "ReviewRule",
    "ReviewScope",
    "RiskConfirmation",
    "Severity",
    "Stance",
    "Topic",
    "Treatment",
    "Withdrawal",
]
