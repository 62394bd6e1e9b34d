using System.Text.Json.Nodes;
using Platform.Compose.Tests.Files;
using Platform.Compose.Tests.Images;
using Platform.TestKit;

namespace Platform.Compose.Tests.Manifests;

/// <summary>A service as a manifest deploys it.</summary>
/// <param name="Manifest">The compose files, or the folder of a kustomization.</param>
/// <param name="Service">The folder in services/.</param>
/// <param name="Arguments">The arguments of the program.</param>
/// <param name="Given">The variables that the manifest gives.</param>
/// <param name="Hosts">The names by which the manifest knows other containers.</param>
internal sealed record DeployedService(
    string Manifest, string Service, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Given, IReadOnlyList<string> Hosts)
{
    // In a cluster these are run by others, under names of the operator's choice.
    private static readonly string[] Backbone = ["rabbitmq", "kafka", "postgres"];

    /// <summary>What an operator puts in the place of what is to be chosen.</summary>
    private const string Chosen = "chosen-by-the-operator-of-this-platform";

    /// <summary>The variables that the manifest gives, with passwords chosen.</summary>
    public IReadOnlyDictionary<string, string> Given { get; } =
        Given.ToDictionary(variable => variable.Key, variable => variable.Value.Replace("choose-one", Chosen, StringComparison.Ordinal));

    /// <summary>The variables of the container: the manifest's over the image's, without those for .NET itself.</summary>
    public IReadOnlyDictionary<string, string> Environment => Dockerfile.Named("runtime").Environment
        .Where(variable => !variable.Key.StartsWith("DOTNET_", StringComparison.Ordinal) && !Given.ContainsKey(variable.Key))
        .Concat(Given).ToDictionary();

    /// <summary>Every service of every manifest.</summary>
    public static IReadOnlyList<DeployedService> All { get; } =
        [.. ComposeFile.Rungs.SelectMany(InCompose), .. Kustomization.Folders.SelectMany(InCluster)];

    /// <summary>For theories: the manifest and the service.</summary>
    public static TheoryData<string, string> Data => ToData(All);

    /// <summary>The same without those whose service gets the same variables in a manifest before.</summary>
    public static TheoryData<string, string> Distinct => ToData(All.DistinctBy(item => string.Join(
        '\n', item.Environment.OrderBy(variable => variable.Key).Select(variable => $"{variable.Key}={variable.Value}").Prepend(item.Service))));

    public static DeployedService Find(string manifest, string service) =>
        All.Single(item => item.Manifest == manifest && item.Service == service);

    private static TheoryData<string, string> ToData(IEnumerable<DeployedService> services)
    {
        var data = new TheoryData<string, string>();
        foreach (var service in services) data.Add(service.Manifest, service.Service);
        return data;
    }

    private static IEnumerable<DeployedService> InCompose(string files)
    {
        var compose = ComposeFile.Load(files);
        string[] hosts = [.. compose.Services.Select(service => service.Name)];
        return compose.Ours.Select(service => new DeployedService(files, service.Folder!, service.Command, service.Environment, hosts));
    }

    private static IEnumerable<DeployedService> InCluster(string folder)
    {
        var cluster = Kustomization.Load(folder);
        var secrets = Yaml.ReadAll(Repository.PathOf("compose", "kubernetes", "secrets.example.yaml")).Select(node => node.AsObject());
        JsonObject[] objects = [.. cluster.Objects, .. secrets];
        string[] hosts = [.. cluster.Of("Service").Select(Kustomization.Name), .. Backbone];
        return cluster.Workloads.Select(workload => new DeployedService(
            $"kubernetes/{folder}", workload.Service, [], workload.Environment(objects), hosts));
    }
}
