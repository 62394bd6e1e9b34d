using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;
using static Platform.Onnx.Tests.Workers.WorkerSessionTests;

namespace Platform.Onnx.Tests.Workers;

/// <summary>What holds when a worker dies, hangs or takes too much. Its faults are made from outside: the tests end it.</summary>
public sealed class WorkerDeathTests : WorkerTest
{
    [Fact]
    public async Task The_run_in_its_hands_ends_with_the_reason_and_the_next_one_is_answered()
    {
        const string reason = "was ended by signal 9 (SIGKILL)";
        var watch = new Watch();
        var session = await LoadAsync(TinyModels.Slow(), watch: watch);
        var (process, endless) = (session.Status.Process, Task.Run(() => session.Evaluate(Rounds(long.MaxValue))));
        await UntilBusyAsync(session);

        Signal(session, "KILL");

        var exception = await Assert.ThrowsAsync<ModelWorkerException>(() => endless.PatientlyAsync());
        Assert.Null(exception.RetryAfter);
        Assert.Contains(reason, exception.Message);
        Assert.Equal([1], session.Evaluate(Rounds(1))["y"].ToDoubles()); // waits for the new worker
        Assert.NotEqual(process, session.Status.Process);
        Assert.Equal((1, 1), (session.Status.Restarts, session.Status.Deaths[WorkerDeath.Signal]));
        Assert.Equal((WorkerDeath.Signal, reason, 1, TimeSpan.Zero), Told(Assert.Single(watch.Deaths)));
        await Eventually.TrueAsync(() => watch.Returns.Count == 1, "it is said that the worker is back");
    }

    [Fact]
    public async Task Every_run_in_its_hands_ends_exactly_once()
    {
        var session = await LoadAsync(TinyModels.Slow());
        var endless = Enumerable.Range(0, 8).Select(_ => Task.Run(() => session.Evaluate(Rounds(long.MaxValue)))).ToArray();
        await UntilBusyAsync(session, endless.Length);

        Signal(session, "KILL");

        foreach (var run in endless)
        {
            var exception = await Assert.ThrowsAsync<ModelWorkerException>(() => run.PatientlyAsync());
            Assert.Null(exception.RetryAfter);
        }
    }

    [Fact]
    public async Task A_worker_that_does_not_stop_a_run_is_ended()
    {
        var watch = new Watch();
        var session = await LoadAsync(TinyModels.Slow(), new WorkerLimits { StopPatience = TimeSpan.FromMilliseconds(200) }, watch);
        Signal(session, "STOP");
        using var over = new CancellationTokenSource();
        var hung = Task.Run(() => session.Evaluate(Rounds(1), over.Token));
        over.CancelAfter(50);

        await Assert.ThrowsAsync<ModelWorkerException>(() => hung.PatientlyAsync());

        Assert.Equal(1, session.Status.Deaths[WorkerDeath.Hung]);
        await Eventually.TrueAsync(() => watch.Deaths.Count == 1, "whoever watches is told, after those whose runs it was");
        Assert.Equal("did not stop a run that took too long and was ended", Assert.Single(watch.Deaths).Reason);
        Assert.Equal([1], session.Evaluate(Rounds(1))["y"].ToDoubles());
    }

    [Fact]
    public async Task A_worker_that_has_more_memory_than_it_may_is_ended()
    {
        const int limit = 200 << 20;
        var session = await LoadAsync(TinyModels.Held(), new WorkerLimits { MemoryBytes = limit });
        Assert.Equal([1], session.Evaluate(Hold(rounds: 1, times: 1))["y"].ToDoubles());

        // Of four bytes each: two buffers are more than the limit, and all that a run holds is far from what the system refuses.
        var greedy = Task.Run(() => session.Evaluate(Hold(long.MaxValue, times: 30 << 20)));

        var exception = await Assert.ThrowsAsync<ModelWorkerException>(() => greedy.PatientlyAsync());
        Assert.Contains("needed more than 200 MiB of memory", exception.Message);
        Assert.Equal(1, session.Status.Deaths[WorkerDeath.Memory]);
        Assert.Equal([1], session.Evaluate(Hold(rounds: 1, times: 1))["y"].ToDoubles());
        Assert.InRange(session.Status.MemoryBytes, 0, limit);
    }

    [Fact]
    public async Task A_run_that_asks_for_more_memory_than_there_may_be_fails_and_the_worker_lives()
    {
        var session = await LoadAsync(TinyModels.Held(), new WorkerLimits { MemoryBytes = 200 << 20 });

        Assert.Throws<ModelRunException>(() => session.Evaluate(Hold(rounds: 1, times: 1L << 30)));

        Assert.Equal([1], session.Evaluate(Hold(rounds: 1, times: 1))["y"].ToDoubles());
        Assert.Equal(0, session.Status.Deaths.Values.Sum());
    }

    [Fact]
    public async Task One_workers_death_is_nothing_to_another()
    {
        var (dying, living) = (await LoadAsync(TinyModels.Slow()), await LoadAsync(TinyModels.Slow()));
        var calls = Task.Run(() =>
        {
            for (var i = 0; i < 300; i++) Assert.Equal([1], living.Evaluate(Rounds(1000))["y"].ToDoubles());
        });
        for (var i = 0; i < 2; i++)
        {
            var process = dying.Status.Process;
            Signals.Send(process, "KILL");
            await UntilRunningAsync(dying, process);
        }

        await calls.PatientlyAsync();
        Assert.Equal((0, 2), (living.Status.Deaths.Values.Sum(), dying.Status.Deaths.Values.Sum()));
    }

    [Fact]
    public async Task While_a_worker_that_keeps_dying_pauses_runs_are_told_when_to_try_again()
    {
        var session = await LoadAsync(TinyModels.Slow(), new WorkerLimits { FirstPause = TimeSpan.FromMinutes(10), LongestPause = TimeSpan.FromHours(1) });
        var first = session.Status.Process;
        Signal(session, "KILL");
        await UntilRunningAsync(session, first);
        Signal(session, "KILL");
        await Eventually.TrueAsync(() => !session.Status.IsRunning, "it died again");

        var exception = Assert.Throws<ModelWorkerException>(() => session.Evaluate(Rounds(1)));

        Assert.InRange(exception.RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.FromMinutes(10), session.Status.LastDeath!.Pause);
    }

    [Fact]
    public async Task A_worker_whose_file_has_gone_is_tried_again_and_again()
    {
        var path = Save(TinyModels.Slow());
        var watch = new Watch();
        var session = await LoadAsync(path, new SessionSettings(), new WorkerLimits { FirstPause = TimeSpan.FromMilliseconds(10) }, watch);
        File.Move(path, path + ".away");
        Signal(session, "KILL");
        await Eventually.TrueAsync(() => session.Status.Deaths[WorkerDeath.Start] >= 2, "it could not be started twice");
        Assert.All(watch.Deaths.Skip(1), death => Assert.DoesNotContain(path, death.Reason));

        File.Move(path + ".away", path);

        await Eventually.TrueAsync(() => session.Status.IsRunning, "it is back");
        Assert.Equal([1], session.Evaluate(Rounds(1))["y"].ToDoubles());
    }

    [Fact]
    public async Task A_session_that_is_closed_ends_its_worker_and_the_run_in_its_hands()
    {
        var session = await LoadAsync(TinyModels.Slow());
        var (process, endless) = (session.Status.Process, Task.Run(() => session.Evaluate(Rounds(long.MaxValue))));
        await UntilBusyAsync(session);

        session.Dispose();

        await Assert.ThrowsAsync<ModelWorkerException>(() => endless.PatientlyAsync());
        await Eventually.TrueAsync(() => !Signals.IsAlive(process), "the worker is gone");
        Assert.Equal(0, session.Status.Restarts);
    }

    [Fact]
    public void Pauses_grow_to_a_bound_and_a_long_life_ends_them()
    {
        var pauses = new RestartPauses(new WorkerLimits());
        var seconds = Enumerable.Range(0, 9).Select(_ => pauses.Next(TimeSpan.FromSeconds(59)).TotalSeconds).ToArray();

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60, 60], seconds);
        Assert.Equal([0, 1], new[] { pauses.Next(TimeSpan.FromSeconds(60)), pauses.Next(TimeSpan.Zero) }.Select(pause => pause.TotalSeconds));
    }

    private static (string, string, int, TimeSpan) Told(WorkerDeath death) => (death.Cause, death.Reason, death.Runs, death.Pause);

    private static Dictionary<string, Tensor> Hold(long rounds, long times)
    {
        var inputs = Rounds(rounds);
        inputs["times"] = Tensor.Int64([1], [times]);
        return inputs;
    }

    private static Task UntilBusyAsync(WorkerSession session, int runs = 1) =>
        Eventually.TrueAsync(() => Signals.Computing(session.Status.Process, "runs") == runs, "the worker computes");
}
