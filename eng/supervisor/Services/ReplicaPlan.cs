using System.Globalization;
using Platform.Hosting.Management;
using Platform.Hosting.Tls;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Servers;

namespace Platform.Supervisor.Services;

/// <summary>
/// Which replicas run, where, and how each is told of the others: by environment variables, as a container would be.
/// </summary>
internal sealed class ReplicaPlan(CommandLine command, ServerPorts servers, Checkout checkout, IConfiguration settings)
{
    private const string Gateway = "gateway";
    private const string Registry = "registry";
    private const string SpinLimit = "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit";

    /// <summary>Services of which there may be several, named by number from the first on.</summary>
    private static readonly string[] Numbered = ["inference", "monitor", "explainer"];

    /// <summary>The registry first, the gateway last.</summary>
    public IReadOnlyList<Replica> Make(FreePorts free)
    {
        var places = CommandLine.Replicable
            .SelectMany(service => Enumerable.Range(1, command.CountOf(service))
                .Select(number => (Service: service, Name: NameOf(service, number), Port: free.Take(1))))
            .Append((Service: Gateway, Name: Gateway, Port: command.Port)).ToList();
        var ports = places.ToLookup(place => place.Service, place => place.Port);
        return [.. places.Select(place => Make(place.Service, place.Name, place.Port, ports))];
    }

    private string NameOf(string service, int number) =>
        Numbered.Contains(service) || command.CountOf(service) > 1 ? string.Create(CultureInfo.InvariantCulture, $"{service}-{number}") : service;

    private Replica Make(string service, string name, int port, ILookup<string, int> ports) => new(
        service, name, port, Folder(service, name), checkout.ProgramOf(service), Path.Combine(command.Data, "logs", $"{name}.log"),
        new Dictionary<string, string>([.. Common(service, name, port), .. service == Gateway ? Edge(ports) : Core(ports)]))
    {
        Scheme = settings.PlatformScheme(),
        Management = service == Gateway ? settings.ManagementAddress(new Uri(Address(port))) : null,
    };

    // The registry's replicas share their files: what one has taken in, each hands out.
    private string Folder(string service, string name) => Path.Combine(command.Data, "services", service == Registry ? Registry : name);

    private IEnumerable<KeyValuePair<string, string>> Common(string service, string name, int port) =>
    [
        new("ASPNETCORE_URLS", Address(port)),
        // Services, servers and callers share this machine: who has nothing to do does not look out for work on the time of those who have.
        new(SpinLimit, Environment.GetEnvironmentVariable(SpinLimit) ?? "0"),
        new("PLATFORM_Storage__Directory", Folder(service, name)),
        new("PLATFORM_Access__ServiceSecretFile", command.ServiceSecret),
        new("PLATFORM_Access__BootstrapKeyFile", command.BootstrapKey),
        new("PLATFORM_Logging__LogLevel__Default", "Warning"),
        new("PLATFORM_Logging__LogLevel__Platform", "Information"),
        new("PLATFORM_Messaging__Transport", "rabbitmq"),
        new("PLATFORM_Messaging__RabbitMq__Port", $"{servers.RabbitMq}"),
    ];

    // The management port is the edge's, of which there is one; nobody but the edge reaches the others.
    private IEnumerable<KeyValuePair<string, string>> Core(ILookup<string, int> ports) =>
    [
        new("PLATFORM_Management__Port", ""),
        new("PLATFORM_Registry__Address", Address(ports[Registry].Count() == 1 ? ports[Registry].Single() : command.Port)),
        new("PLATFORM_Storage__Provider", command.Documents),
        new("PLATFORM_Storage__Postgres__ConnectionString", $"Host=127.0.0.1;Port={servers.Postgres};Username=platform"),
        new("PLATFORM_PredictionLog__Kafka__BootstrapServers", $"127.0.0.1:{servers.Kafka}"),
        new("PLATFORM_PredictionLog__Kafka__BrokerVersion", "0.9.0.1"),
    ];

    private IEnumerable<KeyValuePair<string, string>> Edge(ILookup<string, int> ports) =>
    [
        new("PLATFORM_Gateway__ProbeInterval", "00:00:01"),
        .. CommandLine.Replicable.Select(service =>
            KeyValuePair.Create($"PLATFORM_Gateway__{service}", string.Join(',', ports[service].Select(Address)))),
    ];

    private string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"{settings.PlatformScheme()}://127.0.0.1:{port}");
}
