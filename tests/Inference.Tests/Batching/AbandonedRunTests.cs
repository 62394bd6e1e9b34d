using Platform.Inference.Batching;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Batching;

/// <summary>A run is broken off when all of its callers have left, and never while one of them waits.</summary>
public sealed class AbandonedRunTests
{
    private const long Endless = long.MaxValue;

    private static readonly BatchSettings OneRunner = new() { Runners = 1, MaxRunTime = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_run_that_nobody_waits_for_is_broken_off_and_the_runner_serves_others()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var caller = new Caller();
        var abandoned = RunAsync(bench, caller, rounds: Endless);
        await bench.UntilRunningAsync();

        caller.Leave();

        Assert.Equal(BatchStatus.Cancelled, (await abandoned).Status);
        Assert.Equal(BatchStatus.Completed, (await RunAsync(bench, new Caller())).Status);
    }

    [Fact]
    public async Task A_run_goes_on_until_the_last_of_those_who_share_it_has_left()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        Caller busy = new(), first = new(), last = new();
        var before = RunAsync(bench, busy, rounds: Endless);
        await bench.UntilRunningAsync();
        Task<BatchResult>[] shared = [RunAsync(bench, first, rounds: Endless), RunAsync(bench, last, rounds: Endless)];
        busy.Leave();
        await before;

        first.Leave();
        var asked = last.Asked;
        await Eventually.TrueAsync(() => last.Asked > asked + 2, "the last caller is asked again and again");
        Assert.Equal(1, bench.Batcher.Running);
        Assert.DoesNotContain(shared, task => task.IsCompleted);

        last.Leave();
        Assert.All(await Task.WhenAll(shared).PatientlyAsync(), result => Assert.Equal(BatchStatus.Cancelled, result.Status));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public async Task Whoever_stays_gets_his_rows_whoever_else_leaves(int seed, int runners)
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { Runners = runners, MaxBatchSize = 8 });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed * 100 + caller);
            for (var round = 0; round < 6; round++) await CallAsync(bench, random, value: caller * 10 + round);
        }))).PatientlyAsync();
    }

    private static async Task CallAsync(BatchBench bench, Random random, int value)
    {
        var (endless, leaves) = (random.Next(8) == 0, random.Next(3) == 0);
        var caller = new Caller();
        // A run without end is shared with nobody who stays.
        var item = Item(bench, value, canShare: !endless, endless ? Endless : random.Next(200_000));
        item.Caller = caller;
        var running = bench.Batcher.RunAsync(item).AsTask();
        if (endless || leaves)
        {
            await Task.WhenAny(running, Task.Delay(random.Next(300)));
            caller.Leave();
        }

        var result = await running;
        if (endless) Assert.Equal(BatchStatus.Cancelled, result.Status);
        else if (!leaves) Assert.Equal(BatchStatus.Completed, result.Status);
        if (result.Status == BatchStatus.Completed) Assert.Equal([value], item.Outputs[0].AsSpan<float>().ToArray());
    }

    private static Task<BatchResult> RunAsync(BatchBench bench, Caller caller, long rounds = 0)
    {
        var item = Item(bench, value: 1, canShare: true, rounds);
        item.Caller = caller;
        return bench.Batcher.RunAsync(item).AsTask().PatientlyAsync();
    }

    private static BatchItem Item(BatchBench bench, float value, bool canShare, long rounds) =>
        bench.Item(1, canShare, priority: 2, Tensor.FP32([1], [value]), Tensor.Int64([1], [rounds]));

    private sealed class Caller : IWaitingCaller
    {
        private volatile bool _left;
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public bool HasLeft
        {
            get
            {
                Interlocked.Increment(ref _asked);
                return _left;
            }
        }

        public void Leave() => _left = true;
    }
}
