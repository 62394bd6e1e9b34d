namespace Platform.Registry.History;

/// <summary>What can be done to a model.</summary>
internal static class HistoryAction
{
    public const string Registered = "registered";
    public const string VersionCreated = "version_created";
    public const string GatesChanged = "gates_changed";
    public const string Promoted = "promoted";
    public const string PromotionRefused = "promotion_refused";
    public const string PromotionDenied = "promotion_denied";
    public const string GatesMeasured = "gates_measured";
    public const string VersionApproved = "version_approved";
    public const string PromotionStarted = "promotion_started";
    public const string PromotionStepped = "promotion_stepped";
    public const string PromotionPaused = "promotion_paused";
    public const string PromotionEnded = "promotion_ended";
    public const string RolledBack = "rolled_back";
    public const string RollbackSkipped = "rollback_skipped";
    public const string AliasSet = "alias_set";
    public const string AliasRemoved = "alias_removed";
    public const string Changed = "changed";
    public const string Deleted = "deleted";
    public const string VersionChanged = "version_changed";
    public const string VersionArchived = "version_archived";
    public const string VersionDeleted = "version_deleted";
}
