using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Settings;

public sealed class RereadTests
{
    [Fact]
    public async Task SIGHUP_has_the_configuration_read_again()
    {
        await using var gateway = await Edge.StartGatewayAsync();
        var reread = new TaskCompletionSource();
        using var listening = gateway.App.Services.GetRequiredService<IConfiguration>().GetReloadToken().RegisterChangeCallback(_ => reread.TrySetResult(), null);
        using var kill = Process.Start("kill", ["-HUP", $"{Environment.ProcessId}"]);
        await reread.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
