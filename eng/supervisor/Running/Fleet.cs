using Platform.Supervisor.Keeping;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Servers;
using Platform.Supervisor.Services;

namespace Platform.Supervisor.Running;

/// <summary>Everything that runs: the servers, and the services on them.</summary>
internal sealed class Fleet(IReadOnlyList<Server> servers, IReadOnlyList<ServiceProcess> services, TimeProvider time)
{
    /// <summary>Starts the servers, then the services. Throws <see cref="StartFailedException"/> when a server cannot be had.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Terminal.Say($"starting {string.Join(", ", servers.Select(server => server.Name))} …");
        await Task.WhenAll(servers.Select(server => server.StartAsync(cancellationToken)));
        Terminal.Say($"starting {string.Join(", ", services.Select(service => service.Name))} …");
        foreach (var service in services) await service.StartAsync(cancellationToken);
    }

    /// <summary>How often a service's replica has been started.</summary>
    public int StartsOf(string replica) => services.Single(service => service.Name == replica).Starts;

    /// <summary>Starts again what ends, until it is cancelled.</summary>
    public Task KeepAsync(CancellationToken stopping) =>
        Task.WhenAll(Units.Select(unit => new Keeper(unit, Terminal.Say, time).RunAsync(stopping)));

    /// <summary>Stops the edge, so that nothing new comes in, then the services, then what they rest on.</summary>
    public async Task StopAsync()
    {
        await services[^1].StopAsync();
        await Task.WhenAll(services.SkipLast(1).Select(service => service.StopAsync()));
        await Task.WhenAll(servers.Select(server => server.StopAsync()));
    }

    private IEnumerable<IUnit> Units => [.. servers, .. services];
}
