using System.Text;
using Platform.TestKit;

namespace Platform.Integration.Tests.Servers;

/// <summary>A RabbitMQ broker of this test run.</summary>
public sealed class RabbitMqServer : IAsyncLifetime
{
    private readonly ServerScript _script = new("rabbitmq");

    public int Port => _script.Port;

    public Task InitializeAsync() => _script.StartFirstAsync();

    public async Task DisposeAsync()
    {
        await _script.StopAsync();
        _script.Dispose();
    }

    /// <summary>
    /// Waits until a new quorum queue would outlive the broker: its messages are synced at once, but that it exists at all is
    /// saved about a second later.
    /// </summary>
    public Task QueueIsSavedAsync(string queue) => Eventually.TrueAsync(
        () => Directory.EnumerateFiles(_script.Folder, "names.dets", SearchOption.AllDirectories)
            .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes($"_{queue}")) >= 0),
        $"{queue} is saved");

    /// <summary>kill -9 of the broker.</summary>
    public void Kill() => _script.Kill();

    /// <summary>Stops it in an orderly way.</summary>
    public Task StopAsync() => _script.StopAsync();

    /// <summary>Starts it again on the same data.</summary>
    public Task RestartAsync() => _script.StartAsync();

    /// <summary>What <c>rabbitmqctl</c> answers.</summary>
    public Task<string> ControlAsync(params IEnumerable<string> command) => _script.RunAsync("control", command);
}
