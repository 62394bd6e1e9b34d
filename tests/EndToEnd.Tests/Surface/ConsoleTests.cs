using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>What a person or a service manager sees of the process.</summary>
public sealed class ConsoleTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task An_unknown_option_is_named_and_ends_with_2()
    {
        var (exitCode, _, errors) = await StandaloneProcess.RunAsync("--prot", "9000");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: unknown option '--prot'\n", errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_printed_and_ends_with_0()
    {
        var (exitCode, output, errors) = await StandaloneProcess.RunAsync("--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("--data DIR", output, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_line_and_ends_with_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (exitCode, _, errors) = await StandaloneProcess.RunAsync("--empty", "--port", $"{port}", "--data", _data.Path);
        Assert.Equal(1, exitCode);
        Assert.Equal($"error: port {port} on 127.0.0.1 is in use; stop what listens there or choose another with --port\n", errors);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_used_is_one_clear_line_and_ends_with_1()
    {
        File.WriteAllText(_data.File("file"), "");
        var (exitCode, _, errors) = await StandaloneProcess.RunAsync("--empty", "--port", "0", "--data", _data.File("file"));
        Assert.Equal(1, exitCode);
        Assert.Matches("^error: the data folder '.*' cannot be used: .*\n$", errors);
    }

    [Fact]
    public async Task It_listens_on_loopback_only_says_what_to_try_and_stops_cleanly()
    {
        await using var platform = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path]);
        Assert.Equal([IPAddress.Loopback], ListenersOn(platform.Address.Port));
        Assert.Contains($"curl {platform.Address}v1/models\n", platform.Output, StringComparison.Ordinal);
        Assert.Equal(0, await platform.StopAsync(within: Eventually.Patience));
        Assert.Empty(platform.Errors);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused_in_one_line()
    {
        await using var platform = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path]);
        var (exitCode, _, errors) = await StandaloneProcess.RunAsync("--empty", "--port", "0", "--data", _data.Path);
        Assert.Equal(1, exitCode);
        Assert.Equal($"error: the data folder '{_data.Path}' is in use by another process\n", errors);
    }

    private static IEnumerable<IPAddress> ListenersOn(int port) => IPGlobalProperties.GetIPGlobalProperties()
        .GetActiveTcpListeners().Where(listener => listener.Port == port).Select(listener => listener.Address);
}
