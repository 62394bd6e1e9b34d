using Platform.Hosting.Tls;
using Platform.SampleDriver.Client;
using Platform.SampleDriver.Seeding;
using Platform.SampleDriver.Traffic;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Running;
using Platform.Supervisor.Servers;
using Platform.Supervisor.Services;

namespace Platform.Supervisor;

/// <summary>What <c>./dev up</c> runs: an orchestrator for one machine.</summary>
internal static class SupervisorHost
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(2);

    public static void AddSupervisor(this HostApplicationBuilder builder, UpCommand command, FreePorts free)
    {
        var (services, data, checkout) = (builder.Services, command.Line.Data, Checkout.Find());
        var ports = ServerPorts.Of(data, free);
        builder.Configuration.AddInMemoryCollection([new($"{SeedingOptions.Section}:Directory", Path.Combine(checkout.Root, "samples"))]);
        builder.Configuration.AddEnvironmentVariables("PLATFORM_");
        command.Scheme = builder.Configuration.PlatformScheme();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(format => format.SingleLine = true);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(command);
        services.AddSingleton(command.Line);
        services.AddSingleton(new PidFiles(Path.Combine(data, "run")));
        services.AddSingleton(new ReplicaPlan(command.Line, ports, checkout, builder.Configuration).Make(free));
        services.AddSingleton(provider => new MetricsTargets(Path.Combine(data, "run", "metrics.json"), provider.GetRequiredService<IReadOnlyList<Replica>>()));
        services.AddSingleton(provider => MakeFleet(provider, Servers(command.Line, ports, checkout)));
        services.AddHttpClient<Readiness>().CallPlatform().RemoveAllLoggers();
        services.AddSamples(command);
        services.AddHostedService<Session>();
    }

    private static void AddSamples(this IServiceCollection services, UpCommand command)
    {
        services.AddPlatformClient(command.Address, new SampleKeyFiles(command.BootstrapKey, Path.Combine(command.Line.Data, "samples.key")));
        services.AddSeeding();
        services.AddTraffic();
        services.AddTransient<Samples>();
    }

    private static IReadOnlyList<Server> Servers(CommandLine line, ServerPorts ports, Checkout checkout)
    {
        Server postgres = new("postgres", checkout.ScriptOf("postgres"), ports.Postgres, line.Data);
        return
        [
            .. line.Documents == CommandLine.MongoDb ? Array.Empty<Server>() : [postgres],
            new("rabbitmq", checkout.ScriptOf("rabbitmq"), ports.RabbitMq, line.Data),
            new("kafka", checkout.ScriptOf("kafka"), ports.Kafka, line.Data, "zookeeper"),
        ];
    }

    private static Fleet MakeFleet(IServiceProvider provider, IReadOnlyList<Server> servers) => new(
        servers,
        [.. provider.GetRequiredService<IReadOnlyList<Replica>>().Select(replica => new ServiceProcess(replica, provider.GetRequiredService<PidFiles>()))],
        provider.GetRequiredService<TimeProvider>());
}
