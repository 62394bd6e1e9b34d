using Platform.Hosting.Documents;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

/// <summary>A version of a pipeline asks a version, which therefore must stay.</summary>
/// <param name="Model">The model whose version is asked.</param>
/// <param name="Version">That version.</param>
/// <param name="Pipeline">The model whose version is the pipeline.</param>
/// <param name="PipelineVersion">That version.</param>
internal sealed record PartUse(string Model, string Version, string Pipeline, string PipelineVersion)
{
    private const string Collection = "part-uses";

    private string Id => $"{Model}/{Version}/{Pipeline}/{PipelineVersion}";

    /// <summary>Notes what a version asks, and forgets it where the version has been deleted.</summary>
    public static void Note(ModelChange change, ModelVersion version)
    {
        var known = version.Description;
        foreach (var part in (known.Parts ?? []).Select(part => (part.Model, part.Version)).Distinct())
        {
            var use = new PartUse(part.Model, part.Version, change.Model.Name, known.Version);
            if (version.IsDeleted) change.Remove(Collection, use.Id);
            else change.Put(Collection, use.Id, use, expectedRevision: null, ("part", use.Model), ("partVersion", $"{use.Model}/{use.Version}"));
        }
    }

    public static DocumentQuery Query(string model, string? version) => new(Collection)
    {
        Where = version is null
            ? new Dictionary<string, string> { ["part"] = model }
            : new Dictionary<string, string> { ["partVersion"] = $"{model}/{version}" },
    };
}
