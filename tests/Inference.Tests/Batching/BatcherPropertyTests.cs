using System.Collections.Concurrent;
using Platform.Inference.Batching;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Inference.Tests.Batching;

/// <summary>
/// Random mixtures of sizes, shapes, urgencies, failures and callers who leave: every caller gets exactly its own rows, or
/// exactly one error of its own.
/// </summary>
public sealed class BatcherPropertyTests
{
    private const int Callers = 24;
    private const int Rounds = 400;

    [Theory]
    [InlineData(1, 1, 64, 0)]
    [InlineData(2, 2, 64, 0)]
    [InlineData(3, 4, 8, 0)]
    [InlineData(4, 2, 16, 1)]
    [InlineData(5, 3, 1, 0)]
    public async Task Every_caller_gets_its_own_rows_or_its_own_error(int seed, int runners, int maxBatchSize, int delayMs)
    {
        using var bench = new BatchBench(TinyModels.Fragile(), new BatchSettings
        {
            Runners = runners,
            MaxBatchSize = maxBatchSize,
            MaxDelay = TimeSpan.FromMilliseconds(delayMs),
            MaxQueueLength = Callers * 3 / 4,
        });

        var outcomes = new ConcurrentDictionary<BatchStatus, int>();
        var shared = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed * 1000 + caller);
            for (var round = 0; round < Rounds;)
            {
                var call = new Call(bench, random, caller, round);
                var status = await call.RunAsync();
                outcomes.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (call.Shared) Interlocked.Increment(ref shared);
                if (status == BatchStatus.Refused) await Task.Yield(); // comes again, when others have had their turn
                else round++;
            }
        })));

        Assert.Equal(Callers * Rounds, outcomes.Where(outcome => outcome.Key != BatchStatus.Refused).Sum(outcome => outcome.Value));
        Assert.True(outcomes[BatchStatus.Completed] > Callers * Rounds / 2, string.Join(", ", outcomes));
        Assert.True(outcomes[BatchStatus.Failed] > 0);
        if (maxBatchSize > 1) Assert.True(shared > 0, "No two requests ever shared a run.");
    }

    private sealed class Call
    {
        private readonly BatchBench _bench;
        private readonly BatchItem _item;
        private readonly float[] _values;
        private readonly long[] _indices;
        private readonly int _rows;
        private readonly int _width;
        private readonly bool _leaves;

        public Call(BatchBench bench, Random random, int caller, int round)
        {
            _bench = bench;
            _rows = random.Next(1, 6);
            _width = random.Next(1, 4);
            _leaves = random.Next(10) == 0;
            _values = [.. Enumerable.Range(0, _rows * _width).Select(i => caller * 10_000f + round * 20 + i)];
            _indices = [.. Enumerable.Range(0, _rows).Select(_ => (long)random.Next(4))];
            if (random.Next(12) == 0) _indices[random.Next(_rows)] = 99;
            _item = bench.Item(_rows, canShare: random.Next(8) != 0, priority: random.Next(1, 4),
                Tensor.FP32([_rows, _width], _values), Tensor.Int64([_rows], _indices));
        }

        public bool Shared => _item.Timings.BatchRows > _rows;

        public async Task<BatchStatus> RunAsync()
        {
            var running = _bench.Batcher.RunAsync(_item);
            var left = _leaves && _bench.Batcher.TryRemove(_item, new BatchResult(BatchStatus.Cancelled));
            var result = await running;

            Assert.Equal(left, result.Status == BatchStatus.Cancelled);
            if (result.Status == BatchStatus.Completed) CheckRows();
            if (result.Status == BatchStatus.Failed) Assert.Contains("idx=99", result.Problem);
            if (result.Status is BatchStatus.Completed or BatchStatus.Failed)
                Assert.Equal(_indices.Contains(99), result.Status == BatchStatus.Failed);
            return result.Status;
        }

        private void CheckRows()
        {
            Assert.Equal([_rows, _width], _item.Outputs[0].Shape.ToArray());
            Assert.Equal(_values.Select(value => value * 2), _item.Outputs[0].AsSpan<float>().ToArray());
            Assert.Equal([_rows], _item.Outputs[1].Shape.ToArray());
            Assert.Equal(_indices.Select(index => index * 10f), _item.Outputs[1].AsSpan<float>().ToArray());
        }
    }
}
