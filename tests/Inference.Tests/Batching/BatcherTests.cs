using System.Diagnostics;
using Platform.Inference.Batching;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Batching;

public sealed class BatcherTests
{
    private const long Endless = long.MaxValue; // rounds that keep a runner busy until the test ends the run

    private static readonly BatchSettings OneRunner = new() { Runners = 1, MaxRunTime = TimeSpan.FromHours(1) };

    [Fact]
    public async Task What_waits_when_the_runner_becomes_free_runs_together()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var busy = await OccupyAsync(bench);
        var items = Enumerable.Range(1, 5).Select(rows => Slow(bench, rows)).ToArray();

        var running = RunAllAsync(bench, items);
        await bench.EndAsync(busy);
        var results = await running;

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

        var running = RunAllAsync(bench, items);
        await bench.EndAsync(busy);
        await running;

        Assert.Equal([4, 9, 4, 4, 4], items.Select(item => item.Timings.BatchRows));
    }

    [Fact]
    public async Task Where_nobody_says_how_many_rows_are_allowed_the_measured_number_is()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner, measuredBatchSize: 2);
        var busy = await OccupyAsync(bench);
        var items = Enumerable.Range(0, 5).Select(_ => Slow(bench, 1)).ToArray();

        var running = RunAllAsync(bench, items);
        await bench.EndAsync(busy);
        await running;

        Assert.Equal([2, 2, 2, 2, 1], items.Select(item => item.Timings.BatchRows));
    }

    [Fact]
    public async Task Requests_that_may_not_share_run_alone()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var busy = await OccupyAsync(bench);
        var items = Enumerable.Range(0, 3).Select(_ => Slow(bench, 2, canShare: false)).ToArray();

        var running = RunAllAsync(bench, items);
        await bench.EndAsync(busy);
        await running;

        Assert.All(items, item => Assert.Equal(2, item.Timings.BatchRows));
    }

    [Fact]
    public async Task The_more_urgent_go_first()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxBatchSize = 1 });
        var busy = await OccupyAsync(bench);
        var items = new[] { 3, 1, 2, 1 }.Select(priority => Slow(bench, 1, priority: priority)).ToArray();

        var running = RunAllAsync(bench, items);
        await bench.EndAsync(busy);
        await running;

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
        await bench.EndAsync(busy);
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal(BatchStatus.Completed, result.Status));
    }

    [Fact]
    public async Task A_request_can_leave_the_queue_but_not_a_run()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var running = Slow(bench, 1, rounds: Endless);
        var busy = bench.Batcher.RunAsync(running).AsTask();
        await bench.UntilRunningAsync();
        var waiting = Slow(bench, 1);
        var left = bench.Batcher.RunAsync(waiting).AsTask();

        Assert.True(bench.Batcher.TryRemove(waiting, new BatchResult(BatchStatus.Cancelled)));
        Assert.False(bench.Batcher.TryRemove(waiting, new BatchResult(BatchStatus.Cancelled)));
        Assert.False(bench.Batcher.TryRemove(running, new BatchResult(BatchStatus.Cancelled)));

        Assert.Equal(BatchStatus.Cancelled, (await left).Status);
        Assert.Equal(BatchStatus.Failed, (await bench.EndAsync(busy)).Status);
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
        await bench.EndAsync(busy);
    }

    [Fact]
    public async Task Waiting_for_company_ends_with_enough_rows()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxDelay = TimeSpan.FromHours(1), PreferredBatchSize = 3 });
        var enough = Enumerable.Range(0, 3).Select(_ => Slow(bench, 1)).ToArray();

        await RunAllAsync(bench, enough);

        Assert.All(enough, item => Assert.Equal(3, item.Timings.BatchRows));
    }

    [Fact]
    public async Task Waiting_for_company_ends_with_the_delay()
    {
        var delay = TimeSpan.FromMilliseconds(400);
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner with { MaxDelay = delay, PreferredBatchSize = 3 });

        var started = Stopwatch.StartNew();
        await RunAllAsync(bench, Slow(bench, 1));

        Assert.True(started.Elapsed >= delay - TimeSpan.FromMilliseconds(20), $"A lone row waited only for {started.Elapsed}.");
    }

    [Fact]
    public async Task A_run_without_end_is_stopped_and_the_runner_goes_on()
    {
        using var bench = new BatchBench(TinyModels.Slow(), OneRunner);
        var endless = bench.Batcher.RunAsync(Slow(bench, 1, rounds: Endless)).AsTask();

        var stopped = await bench.EndAsync(endless);
        var next = await bench.Batcher.RunAsync(Slow(bench, 1));

        Assert.Equal(BatchStatus.Failed, stopped.Status);
        Assert.Contains("too long", stopped.Problem);
        Assert.Equal(BatchStatus.Completed, next.Status);
    }

    [Fact]
    public async Task Settings_change_while_it_serves()
    {
        using var bench = new BatchBench(TinyModels.Slow(), new BatchSettings { Runners = 4 });
        await RunAllAsync(bench, [.. Enumerable.Range(0, 8).Select(_ => Slow(bench, 1, rounds: 1000))]);

        bench.Batcher.Settings = OneRunner with { MaxBatchSize = 2 };
        var items = Enumerable.Range(0, 20).Select(_ => Slow(bench, 1, rounds: 1000)).ToArray();
        var results = await RunAllAsync(bench, items);

        Assert.All(results, result => Assert.Equal(BatchStatus.Completed, result.Status));
        Assert.All(items, item => Assert.InRange(item.Timings.BatchRows, 1, 2));
    }

    /// <summary>Keeps the only runner busy until <see cref="BatchBench.EndAsync"/>.</summary>
    private static async Task<Task<BatchResult>> OccupyAsync(BatchBench bench)
    {
        var busy = bench.Batcher.RunAsync(Slow(bench, 1, rounds: Endless)).AsTask();
        await bench.UntilRunningAsync();
        return busy;
    }

    /// <summary>Queues all before it returns.</summary>
    private static Task<BatchResult[]> RunAllAsync(BatchBench bench, params BatchItem[] items) =>
        Task.WhenAll(items.Select(item => bench.Batcher.RunAsync(item).AsTask())).PatientlyAsync();

    private static BatchItem Slow(BatchBench bench, int rows, bool canShare = true, int priority = 2, long rounds = 0) => bench.Item(
        rows, canShare, priority,
        Tensor.FP32([rows], [.. Enumerable.Repeat((float)rows, rows)]),
        Tensor.Int64([rows], [.. Enumerable.Repeat(rounds, rows)]));

    private sealed class Gone : IWaitingCaller
    {
        public bool HasLeft => true;
    }
}
