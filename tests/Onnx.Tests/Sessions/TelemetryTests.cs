using Platform.Onnx.Sessions;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Sessions;

/// <summary>ONNX Runtime keeps what it would report to its maker in a database (onnxruntime.db), unless it is told not to.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void The_runtime_keeps_no_account_of_its_use()
    {
        using var folder = new TemporaryFolder();
        using var session = ModelSession.Load(TinyModels.Linear().Save(folder.Path));

        var files = Directory.GetFiles("/proc/self/fd").Select(file => File.ResolveLinkTarget(file, false)?.FullName).ToArray();

        Assert.DoesNotContain(files, file => file is not null && file.Contains("onnxruntime.db", StringComparison.Ordinal));
    }
}
