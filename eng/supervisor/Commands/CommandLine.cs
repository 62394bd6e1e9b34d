using System.Globalization;
using Platform.Hosting.Launching;

namespace Platform.Supervisor.Commands;

/// <summary>What the command line asks for.</summary>
/// <param name="Port">The gateway's port on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Data">The data folder's full path.</param>
/// <param name="Empty">Whether to start without samples.</param>
/// <param name="Replicas">How many of a service, where it is not one.</param>
/// <param name="Documents">Where documents are kept.</param>
internal sealed record CommandLine(int Port, string Data, bool Empty, IReadOnlyDictionary<string, int> Replicas, string Documents)
{
    public const string Usage = """
        Usage: Platform.Supervisor [--empty] [--port 8080] [--data DIR] [--replicas inference=2,monitor=2]
                                   [--documents postgres|mongodb]

          --empty          without the sample models and their replayed traffic
          --port N         the gateway listens on http://127.0.0.1:N; 0 takes a free port
          --data DIR       keep all state in DIR (./data)
          --replicas LIST  so many processes of a service; one of each that is not named
          --documents NAME postgres, or mongodb: a replica set of yours, named by PLATFORM_Storage__MongoDb__ConnectionString
        """;

    public const string MongoDb = "mongodb";

    private const string Postgres = "postgres";
    private const string MongoDbServer = "PLATFORM_Storage__MongoDb__ConnectionString";
    private const int MostReplicas = 16;

    /// <summary>Services of which several processes may run. The gateway has one port, so there is one.</summary>
    public static IReadOnlyList<string> Replicable { get; } = ["registry", "inference", "monitor", "explainer"];

    /// <summary>Where the registry writes the first key.</summary>
    public string BootstrapKey => Path.Combine(Data, "bootstrap.key");

    /// <summary>The secret by which the services know each other.</summary>
    public string ServiceSecret => Path.Combine(Data, "service.secret");

    public int CountOf(string service) => Replicas.GetValueOrDefault(service, 1);

    /// <summary>Null with the command, or what is wrong with the arguments.</summary>
    public static string? Read(IReadOnlyList<string> arguments, out CommandLine command)
    {
        var (replicas, documents) = (new Dictionary<string, int>(), Postgres);
        var launch = new LaunchArguments()
            .Option("--replicas", list => ReadReplicas(list, out replicas))
            .Option("--documents", name => ReadDocuments(documents = name));
        var mistake = launch.Read(arguments);
        command = new CommandLine(launch.Port, launch.Data, launch.Empty, replicas, documents);
        return mistake;
    }

    private static string? ReadDocuments(string name) => name switch
    {
        Postgres => null,
        MongoDb when string.IsNullOrEmpty(Environment.GetEnvironmentVariable(MongoDbServer)) =>
            $"--documents mongodb wants a server: {MongoDbServer}=mongodb://…",
        MongoDb => null,
        _ => $"--documents wants {Postgres} or {MongoDb}, not '{name}'",
    };

    private static string? ReadReplicas(string list, out Dictionary<string, int> replicas)
    {
        replicas = [];
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [var service, var text] || !Replicable.Contains(service))
                return $"--replicas wants SERVICE=NUMBER with one of {string.Join(", ", Replicable)}, not '{part}'";
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostReplicas)
                return $"--replicas wants 1 to {MostReplicas} of {service}, not '{text}'";
            replicas[service] = count;
        }
        return null;
    }
}
