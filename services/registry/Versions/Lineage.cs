using System.Text.Json.Serialization;
using Platform.Contracts.Registry;

namespace Platform.Registry.Versions;

/// <summary>Where a version comes from and what was made of it: the answer of <c>GET …/lineage</c>.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Sha256">SHA-256 of the model file, lower-case hex.</param>
/// <param name="Producer">The program that wrote the file.</param>
/// <param name="CreatedAt">When the version was uploaded (UTC).</param>
/// <param name="CreatedBy">Who uploaded it.</param>
/// <param name="Dataset">The training dataset, as the author gave it.</param>
/// <param name="Code">The training code.</param>
/// <param name="Run">The training run's id.</param>
/// <param name="Params">Training parameters.</param>
/// <param name="Metrics">Metrics on held-out data.</param>
/// <param name="Reference">The reference dataset that came with it.</param>
/// <param name="Aliases">Aliases that name it now.</param>
/// <param name="Parts">The versions that a pipeline asks; absent for a model.</param>
internal sealed record Lineage(string Model, string Version, string Sha256, string Producer, DateTimeOffset CreatedAt, string CreatedBy,
    DatasetSource? Dataset, CodeSource? Code, string? Run, IReadOnlyDictionary<string, string>? Params,
    IReadOnlyDictionary<string, double>? Metrics, ReferenceDescription? Reference, IReadOnlyList<string> Aliases,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PipelinePart>? Parts = null)
{
    public static Lineage Of(ModelVersionDescription version)
    {
        var (metadata, origin) = (version.Metadata, version.Metadata.Lineage);
        return new Lineage(version.Model, version.Version, version.Sha256, version.Producer, version.CreatedAt, version.CreatedBy,
            origin?.Dataset, origin?.Code, origin?.Run, metadata.Params, metadata.Metrics, version.Reference, version.Aliases, version.Parts);
    }
}
