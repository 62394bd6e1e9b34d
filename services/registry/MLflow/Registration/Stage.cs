using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>
/// MLflow's stages, which say of a version what the platform's aliases say: Production is what serves, the champion, and Staging what the alias
/// staging names. So a model has one version in each of the two.
/// </summary>
internal static class Stage
{
    public const string None = "None";
    public const string Staging = "Staging";
    public const string Production = "Production";
    public const string Archived = "Archived";

    private const string StagingAlias = "staging";

    private static readonly string[] All = [None, Staging, Production, Archived];

    /// <summary>The stage by its name, however it is spelt.</summary>
    public static string Read(string stage) => TryRead(stage)
        ?? throw MLflowException.Invalid($"Invalid Model Version stage: {stage}. Value must be one of {string.Join(", ", All)}.");

    /// <summary>The same; null when there is none of that name.</summary>
    public static string? TryRead(string stage) => All.FirstOrDefault(known => known.Equals(stage, StringComparison.OrdinalIgnoreCase));

    public static string Of(Model model, ModelVersion version) =>
        Names(model, AliasName.Champion, version) ? Production
        : Names(model, StagingAlias, version) ? Staging
        : version.IsArchived ? Archived
        : None;

    /// <summary>The alias that stands for an active stage; null for the others.</summary>
    public static string? AliasOf(string stage) => stage switch
    {
        Production => AliasName.Champion,
        Staging => StagingAlias,
        _ => null,
    };

    private static bool Names(Model model, string alias, ModelVersion version) =>
        model.Aliases.GetValueOrDefault(alias)?.Version == version.Description.Version;
}
