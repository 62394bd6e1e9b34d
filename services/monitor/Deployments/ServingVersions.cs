using System.Collections.Frozen;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Deployments;

/// <summary>What the registry last said serves.</summary>
internal sealed class ServingVersions
{
    private const string Champion = "champion";

    private volatile View _view = new([]);

    public IReadOnlySet<VersionKey> All => _view.Versions;

    public void Set(DeploymentSnapshot snapshot) => _view = new(snapshot.Items);

    /// <summary>What the registry says of a version that serves; null for any other.</summary>
    public ModelVersionDescription? Find(VersionKey version) => _view.Deployments
        .FirstOrDefault(deployment => deployment.Model == version.Model && deployment.Version == version.Version)?.Description;

    /// <summary>The version that an alias of a model names; null where it names none that serves.</summary>
    public string? VersionOf(string model, string alias) =>
        _view.Deployments.FirstOrDefault(deployment => deployment.Model == model && deployment.Alias == alias)?.Version;

    public string? ChampionOf(string model) => VersionOf(model, Champion);

    public bool Knows(string model) => _view.Deployments.Any(deployment => deployment.Model == model);

    private sealed class View(IReadOnlyList<Deployment> deployments)
    {
        public IReadOnlyList<Deployment> Deployments { get; } = deployments;

        public FrozenSet<VersionKey> Versions { get; } =
            deployments.Select(deployment => new VersionKey(deployment.Model, deployment.Version)).ToFrozenSet();
    }
}
