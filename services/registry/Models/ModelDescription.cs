using Platform.Registry.Gates;
using Platform.Registry.Policies;

namespace Platform.Registry.Models;

/// <summary>A model as the HTTP API describes it.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="Description">Free text.</param>
/// <param name="Tags">Free labels.</param>
/// <param name="Gates">What a version must show before it is promoted.</param>
/// <param name="CreatedAt">When it was registered (UTC).</param>
/// <param name="CreatedBy">Who registered it.</param>
/// <param name="LatestVersion">The number of the latest version; null while there is none.</param>
/// <param name="Aliases">The version that each alias names now.</param>
internal sealed record ModelDescription(string Name, string? Description, IReadOnlyDictionary<string, string> Tags, GatePolicy Gates,
    DateTimeOffset CreatedAt, string CreatedBy, string? LatestVersion, IReadOnlyDictionary<string, string> Aliases)
{
    public static ModelDescription Of(Model model) => new(
        model.Name, model.Description, model.Tags, model.Gates, model.CreatedAt, model.CreatedBy,
        model.Versions == 0 ? null : $"{model.Versions}",
        model.Aliases.ToDictionary(alias => alias.Key, alias => alias.Value.Version));
}
