using System.Collections.Frozen;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Versions;

/// <summary>What the registry last said serves.</summary>
internal sealed class ServingVersions
{
    private const string Champion = "champion";

    private volatile View _view = new([]);

    public IReadOnlySet<VersionKey> All => _view.Versions;

    public void Set(DeploymentSnapshot snapshot) => _view = new(snapshot.Items);

    /// <summary>What the registry says of a version that serves; null for any other.</summary>
    public ModelVersionDescription? Find(VersionKey version) => _view.Descriptions.GetValueOrDefault(version);

    /// <summary>The version that an alias of a model names; null where it names none that serves.</summary>
    public string? VersionOf(string model, string alias) => _view.Aliases.GetValueOrDefault((model, alias));

    public string? ChampionOf(string model) => VersionOf(model, Champion);

    public bool Knows(string model) => _view.Models.Contains(model);

    private sealed class View(IReadOnlyList<Deployment> deployments)
    {
        public FrozenSet<VersionKey> Versions { get; } = deployments.Select(KeyOf).ToFrozenSet();

        public FrozenSet<string> Models { get; } = deployments.Select(deployment => deployment.Model).ToFrozenSet(StringComparer.Ordinal);

        public FrozenDictionary<VersionKey, ModelVersionDescription> Descriptions { get; } =
            deployments.DistinctBy(KeyOf).ToFrozenDictionary(KeyOf, deployment => deployment.Description);

        public FrozenDictionary<(string Model, string Alias), string> Aliases { get; } =
            deployments.ToFrozenDictionary(deployment => (deployment.Model, deployment.Alias), deployment => deployment.Version);

        private static VersionKey KeyOf(Deployment deployment) => new(deployment.Model, deployment.Version);
    }
}
