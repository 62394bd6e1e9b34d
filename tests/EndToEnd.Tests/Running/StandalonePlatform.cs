using Platform.TestKit;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>What <c>./dev run</c> runs.</summary>
public sealed class StandalonePlatform : RunningPlatform
{
    private readonly TemporaryFolder _data = new();
    private PlatformProcess? _process;

    public override string? Key => null;

    public override string Data => _data.Path;

    protected override async Task<Uri> StartAsync()
    {
        _process = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path], Settings.Quick);
        return _process.Address;
    }

    protected override async Task StopAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _data.Dispose();
    }
}
