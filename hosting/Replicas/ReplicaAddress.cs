using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Platform.Hosting.Management;

namespace Platform.Hosting.Replicas;

/// <summary>Where other replicas reach this process.</summary>
internal sealed class ReplicaAddress(
    IServer server, IHostApplicationLifetime lifetime, IOptions<ReplicaOptions> options, IOptions<ManagementOptions> management)
{
    /// <summary>The address, once the process listens.</summary>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Address is { } given) return given.ToString();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult)) await started.Task.WaitAsync(cancellationToken);
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(IsPublic);
        return listening is null ? "" : Reachable(listening);
    }

    /// <summary>An address that names every interface is of no use to others.</summary>
    internal static string Reachable(string listening)
    {
        var address = BindingAddress.Parse(listening);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? OwnHost() : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}/";
    }

    private bool IsPublic(string address) => BindingAddress.Parse(address) is { Scheme: "http" or "https" } parsed && parsed.Port != management.Value.Port;

    private static string OwnHost() =>
        Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(address =>
            address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))?.ToString() ?? "127.0.0.1";
}
