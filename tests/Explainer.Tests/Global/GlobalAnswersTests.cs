using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Explainer.Explanations;
using Platform.Explainer.Global;
using Platform.Explainer.References;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;
using Platform.TestKit;

namespace Platform.Explainer.Tests.Global;

public sealed class GlobalAnswersTests : IDisposable
{
    private readonly Clock _time = new();
    private readonly GlobalAnswers _answers;
    private int _computed;

    public GlobalAnswersTests() => _answers = new GlobalAnswers(Options.Create(new ExplainerOptions()), _time);

    public void Dispose() => _answers.Dispose();

    [Fact]
    public async Task Whoever_asks_the_same_gets_the_same_computation()
    {
        var first = Ask("a", new Answer(1));
        await first.Result.PatientlyAsync();

        Assert.Same(first, Ask("a", new Answer(1)));
        Assert.Equal(1, _computed);
        Assert.NotSame(first, Ask("b", new Answer(1)));
    }

    [Fact]
    public async Task A_failure_is_told_for_a_minute_and_then_tried_again()
    {
        var failed = Ask("a", ExplanationErrors.Busy());
        await failed.Result.PatientlyAsync();
        await Eventually.TrueAsync(() => failed.EndedAt is not null, "its end is noted");

        Assert.Same(failed, Ask("a", new Answer(1)));
        _time.Now += TimeSpan.FromMinutes(1);
        Assert.NotSame(failed, Ask("a", new Answer(1)));
    }

    [Fact]
    public async Task A_fault_is_thrown_at_those_who_wait_and_not_kept()
    {
        var faulted = Begin("a", () => throw new InvalidOperationException("a fault of ours"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => faulted.Result.PatientlyAsync());

        Assert.NotSame(faulted, Ask("a", new Answer(1)));
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_told_once_and_then_tried_again()
    {
        var failed = Ask("a", ExplanationErrors.Failed());
        await failed.Result.PatientlyAsync();

        Assert.Same(failed, Ask("a", new Answer(1)));
        Assert.NotNull((await _answers.WaitAsync(failed, default))!.Value.Error);
        Assert.NotSame(failed, Ask("a", new Answer(1)));
    }

    [Fact]
    public async Task What_nobody_asks_for_any_more_is_stopped_and_what_waits_behind_it_gets_its_turn()
    {
        var running = Hold("running");
        await Eventually.TrueAsync(() => running.Work.Done == 1, "it runs");
        var forgotten = Hold("forgotten");
        _time.Now += TimeSpan.FromMinutes(2);
        var wanted = Ask("wanted", new Answer(1));

        await Eventually.TrueAsync(() => _time.Tick() && running.Result.IsCanceled && forgotten.Result.IsCanceled, "they are stopped");
        await wanted.Result.PatientlyAsync();
        Assert.NotSame(running, Ask("running", new Answer(1)));
        Assert.Equal(0, forgotten.Work.Done);
    }

    [Fact]
    public void One_model_has_at_most_a_quarter_of_the_queue()
    {
        for (var i = 0; i < 25; i++) Hold($"{i}");

        Assert.Equal("explainer.queue_full", _answers.Ask("more", "m", Forever).Error?.Code);
        Assert.Null(_answers.Ask("other", "n", Forever).Error);
        _time.Now += TimeSpan.FromMinutes(2);
        Assert.Null(_answers.Ask("more", "m", Forever).Error);
    }

    [Fact]
    public async Task What_was_used_longest_ago_goes_first_when_the_answers_are_large()
    {
        var large = Ask("large", new Answer(1_500_000));
        await large.Result.PatientlyAsync();
        var small = Ask("small", new Answer(400_000));
        await small.Result.PatientlyAsync();
        Assert.Same(large, Ask("large", new Answer(1)));
        var next = Ask("next", new Answer(400_000));
        await Eventually.TrueAsync(() => next.EndedAt is not null, "its end is noted");

        Assert.Same(large, Ask("large", new Answer(1)));
        Assert.NotSame(small, Ask("small", new Answer(1)));
    }

    private GlobalComputation Begin(string key, Func<Result<IGlobalAnswer>> result)
    {
        Assert.True(_answers.Ask(key, "m", (_, _) =>
        {
            Interlocked.Increment(ref _computed);
            return Task.FromResult(result());
        }).Succeeded(out var computation, out var error), error?.Detail);
        return computation!;
    }

    private GlobalComputation Ask(string key, Answer answer) => Begin(key, () => answer);

    private GlobalComputation Ask(string key, Error error) => Begin(key, () => error);

    private GlobalComputation Hold(string key)
    {
        Assert.True(_answers.Ask(key, "m", Forever).Succeeded(out var computation, out var error), error?.Detail);
        return computation!;
    }

    private static async Task<Result<IGlobalAnswer>> Forever(WorkCount work, CancellationToken cancellationToken)
    {
        work.Add(1);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return new Answer(1);
    }

    private sealed class Clock : TimeProvider
    {
        private readonly ConcurrentDictionary<HandTimer, Action> _timers = [];

        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new HandTimer(this);
            _timers[timer] = () => callback(state);
            return timer;
        }

        /// <summary>Lets every timer ring.</summary>
        public bool Tick()
        {
            foreach (var (timer, ring) in _timers)
                lock (timer)
                    if (_timers.ContainsKey(timer)) ring();
            return true;
        }

        private sealed class HandTimer(Clock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
                lock (this) clock._timers.TryRemove(this, out _);
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }

    private sealed record Answer(int Weight) : IGlobalAnswer;
}
