using System.Diagnostics;
using Platform.Inference.Batching;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Inference.Tests.Batching;

public sealed class BatcherTests
{
    private const long Long = 2_000_000; // rounds that keep a runner busy until the test has queued what it wants

    private static readonly BatchSettings OneRunner = new() { Runners = 1 };

    [Fact]
    public async Task What_waits_when_the_runner_becomes_free_runs_together()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var busy = await OccupyAsync(bench);
        var items = Enumerable.Range(1, 5).Select(rows => Slow(bench, rows)).ToArray();

        var results = await Task.WhenAll(items.Select(item => bench.Batcher.RunAsync(item).AsTask()));
        await busy;

        Assert.All(results, result => Assert.Equal(BatchStatus.Completed, result.Status));
        Assert.All(items, item => Assert.Equal(1 + 2 + 3 + 4 + 5, item.Timings.BatchRows));
        Assert.All(items, item => Assert.Equal(Enumerable.Repeat((float)item.Rows, item.Rows), item.Outputs[0].AsSpan<float>().ToArray()));
    }

    [Fact]
    public async Task A_batch_holds_no_more_rows_than_allowed_and_a_larger_request_runs_alone()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxBatchSize = 4 });
        var busy = await OccupyAsync(bench);
        var items = new[] { 2, 9, 2, 1, 3 }.Select(rows => Slow(bench, rows)).ToArray();

        await Task.WhenAll(items.Select(item => bench.Batcher.RunAsync(item).AsTask()));
        await busy;

        Assert.Equal([4, 9, 4, 4, 4], items.Select(item => item.Timings.BatchRows));
    }

    [Fact]
    public async Task Requests_that_may_not_share_run_alone()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var busy = await OccupyAsync(bench);
        var items = Enumerable.Range(0, 3).Select(_ => Slow(bench, 2, canShare: false)).ToArray();

        await Task.WhenAll(items.Select(item => bench.Batcher.RunAsync(item).AsTask()));
        await busy;

        Assert.All(items, item => Assert.Equal(2, item.Timings.BatchRows));
    }

    [Fact]
    public async Task The_more_urgent_go_first()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxBatchSize = 1 });
        var busy = await OccupyAsync(bench);
        var items = new[] { 3, 1, 2, 1 }.Select(priority => Slow(bench, 1, priority: priority)).ToArray();

        await Task.WhenAll(items.Select(item => bench.Batcher.RunAsync(item).AsTask()));
        await busy;

        Assert.Equal([items[1], items[3], items[2], items[0]], items.OrderBy(item => item.Timings.Taken));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxQueueLength = 2 });
        var busy = await OccupyAsync(bench);
        var waiting = new[] { bench.Batcher.RunAsync(Slow(bench, 1)).AsTask(), bench.Batcher.RunAsync(Slow(bench, 1)).AsTask() };

        var refused = bench.Batcher.RunAsync(Slow(bench, 1));

        Assert.True(refused.IsCompleted);
        Assert.Equal(BatchStatus.Refused, (await refused).Status);
        await busy;
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal(BatchStatus.Completed, result.Status));
    }

    [Fact]
    public async Task A_request_can_leave_the_queue_but_not_a_run()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var running = Slow(bench, 1, rounds: Long);
        var busy = bench.Batcher.RunAsync(running).AsTask();
        await UntilTakenAsync(bench);
        var waiting = Slow(bench, 1);
        var left = bench.Batcher.RunAsync(waiting).AsTask();

        Assert.True(bench.Batcher.TryRemove(waiting, new BatchResult(BatchStatus.Cancelled)));
        Assert.False(bench.Batcher.TryRemove(waiting, new BatchResult(BatchStatus.Cancelled)));
        Assert.False(bench.Batcher.TryRemove(running, new BatchResult(BatchStatus.Cancelled)));

        Assert.Equal(BatchStatus.Cancelled, (await left).Status);
        Assert.Equal(BatchStatus.Completed, (await busy).Status);
    }

    [Fact]
    public async Task A_request_whose_caller_has_left_does_not_wait_for_a_runner()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var busy = await OccupyAsync(bench);
        var item = Slow(bench, 1);
        item.Caller = new Gone();

        var result = await bench.Batcher.RunAsync(item);

        Assert.Equal(BatchStatus.Cancelled, result.Status);
        Assert.Equal(0, item.Timings.BatchRows);
        await busy;
    }

    [Fact]
    public async Task Waiting_for_company_ends_with_enough_rows_or_with_the_delay()
    {
        var delay = TimeSpan.FromMilliseconds(400);
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxDelay = delay, PreferredBatchSize = 3 });
        await bench.Batcher.RunAsync(Slow(bench, 3));

        var started = Stopwatch.StartNew();
        var enough = Enumerable.Range(0, 3).Select(_ => Slow(bench, 1)).ToArray();
        await Task.WhenAll(enough.Select(item => bench.Batcher.RunAsync(item).AsTask()));
        Assert.True(started.Elapsed < delay, $"Enough rows waited for {started.Elapsed}.");
        Assert.All(enough, item => Assert.Equal(3, item.Timings.BatchRows));

        started.Restart();
        await bench.Batcher.RunAsync(Slow(bench, 1));
        Assert.True(started.Elapsed >= delay - TimeSpan.FromMilliseconds(20), $"A lone row waited only for {started.Elapsed}.");
    }

    [Fact]
    public async Task A_run_without_end_is_stopped_and_the_runner_goes_on()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxRunTime = TimeSpan.FromMilliseconds(100) });

        var stopped = await bench.Batcher.RunAsync(Slow(bench, 1, rounds: long.MaxValue));
        var next = await bench.Batcher.RunAsync(Slow(bench, 1));

        Assert.Equal(BatchStatus.Failed, stopped.Status);
        Assert.Contains("too long", stopped.Problem);
        Assert.Equal(BatchStatus.Completed, next.Status);
    }

    [Fact]
    public async Task Settings_change_while_it_serves()
    {
        using var bench = new BatchBench(TinyModels.Slow(), new BatchSettings { Runners = 4 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.Batcher.RunAsync(Slow(bench, 1, rounds: 1000)).AsTask()));

        bench.Batcher.Settings = OneRunner with { MaxBatchSize = 2 };
        var items = Enumerable.Range(0, 20).Select(_ => Slow(bench, 1, rounds: 1000)).ToArray();
        var results = await Task.WhenAll(items.Select(item => bench.Batcher.RunAsync(item).AsTask()));

        Assert.All(results, result => Assert.Equal(BatchStatus.Completed, result.Status));
        Assert.All(items, item => Assert.InRange(item.Timings.BatchRows, 1, 2));
    }

    private static async Task<Task<BatchResult>> OccupyAsync(BatchBench bench)
    {
        var busy = bench.Batcher.RunAsync(Slow(bench, 1, rounds: Long)).AsTask();
        await UntilTakenAsync(bench);
        return busy;
    }

    private static Task UntilTakenAsync(BatchBench bench) =>
        TestKit.Eventually.TrueAsync(() => bench.Batcher.Waiting == 0, "the runner takes the first request");

    private static BatchItem Slow(BatchBench bench, int rows, bool canShare = true, int priority = 2, long rounds = 0) => bench.Item(
        rows, canShare, priority,
        Tensor.FP32([rows], [.. Enumerable.Repeat((float)rows, rows)]),
        Tensor.Int64([rows], [.. Enumerable.Repeat(rounds, rows)]));

    private sealed class Gone : IWaitingCaller
    {
        public bool HasLeft => true;
    }
}
