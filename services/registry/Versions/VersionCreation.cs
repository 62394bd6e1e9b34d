using Platform.Contracts.Registry;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

/// <summary>Adds a version to its model, whichever way it came, and tells of it.</summary>
internal static class VersionCreation
{
    public static ModelVersion Add(ModelChange change, ModelVersion version)
    {
        var stored = VersionStore.Add(change, version);
        var added = stored.Description;
        change.Record(new HistoryEntry
        {
            Action = HistoryAction.VersionCreated, Version = added.Version, At = added.CreatedAt, By = added.CreatedBy,
        });
        change.Publish(new ModelVersionCreated
        {
            Model = added.Model, Version = added.Version, Sha256 = added.Sha256, At = added.CreatedAt, By = added.CreatedBy,
        });
        return stored;
    }
}
