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

    /// <summary>The models whose requests are divided among versions, with those.</summary>
    public IReadOnlyList<(string Model, IReadOnlyList<string> Versions)> Shared => _view.Shared;

    public bool Knows(string model) => _view.Models.Contains(model);

    private sealed class View(IReadOnlyList<Deployment> deployments)
    {
        public FrozenSet<VersionKey> Versions { get; } = deployments.SelectMany(KeysOf).ToFrozenSet();

        public IReadOnlyList<(string Model, IReadOnlyList<string> Versions)> Shared { get; } =
        [
            .. deployments.Where(deployment => deployment.Split.Count > 1).GroupBy(deployment => deployment.Model).Select(model =>
                (model.Key, (IReadOnlyList<string>)[.. model.SelectMany(deployment => deployment.Split).Select(share => share.Version).Distinct()])),
        ];

        public FrozenSet<string> Models { get; } = deployments.Select(deployment => deployment.Model).ToFrozenSet(StringComparer.Ordinal);

        public FrozenDictionary<VersionKey, ModelVersionDescription> Descriptions { get; } =
            deployments.DistinctBy(KeyOf).ToFrozenDictionary(KeyOf, deployment => deployment.Description);

        public FrozenDictionary<(string Model, string Alias), string> Aliases { get; } =
            deployments.ToFrozenDictionary(deployment => (deployment.Model, deployment.Alias), deployment => deployment.Version);

        private static IEnumerable<VersionKey> KeysOf(Deployment deployment) =>
            deployment.Split.Select(share => new VersionKey(deployment.Model, share.Version)).Append(KeyOf(deployment));

        private static VersionKey KeyOf(Deployment deployment) => new(deployment.Model, deployment.Version);
    }
}
