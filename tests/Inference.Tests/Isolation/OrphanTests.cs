using System.Diagnostics;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;

namespace Platform.Inference.Tests.Isolation;

/// <summary>No worker outlives its service, whatever ends that.</summary>
public sealed class OrphanTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task A_service_that_ends_leaves_no_worker(string signal)
    {
        await using var service = await InferenceProcess.StartAsync(registry => registry.Deploy("linear", "1", TinyModels.Linear(), metadata: IsolatedModelTests.Isolated));
        await Eventually.TrueAsync(() => Children(service.Id).Count == 1, "the worker is there");
        var worker = Children(service.Id)[0];

        Signals.Send(service.Id, signal);

        await Eventually.TrueAsync(() => !Signals.IsAlive(worker), "the worker is gone");
    }

    private static List<int> Children(int parent) =>
    [
        .. Process.GetProcesses().Select(process => process.Id).Where(process => ParentOf(process) == parent),
    ];

    private static int ParentOf(int process)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ')[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
