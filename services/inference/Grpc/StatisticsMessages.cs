using Platform.Inference.Statistics;
using Messages = Platform.Inference.Grpc.Messages;

namespace Platform.Inference.Grpc;

/// <summary>Statistics in protobuf.</summary>
internal static class StatisticsMessages
{
    public static Messages.ModelStatisticsResponse Of(ModelStatistics statistics) => new() { ModelStats = { statistics.ModelStats.Select(Of) } };

    private static Messages.ModelStatistics Of(StatisticsSnapshot version) => new()
    {
        Name = version.Name,
        Version = version.Version,
        LastInference = (ulong)version.LastInference,
        InferenceCount = (ulong)version.InferenceCount,
        ExecutionCount = (ulong)version.ExecutionCount,
        InferenceStats = Of(version.InferenceStats),
        BatchStats = { version.BatchStats.Select(Of) },
        MemoryUsage = { version.MemoryUsage.Select(memory => new Messages.MemoryUsage { Type = memory.Type, Id = memory.Id, ByteSize = (ulong)memory.ByteSize }) },
    };

    private static Messages.InferStatistics Of(InferenceStatistics times) => new()
    {
        Success = Of(times.Success),
        Fail = Of(times.Fail),
        Queue = Of(times.Queue),
        ComputeInput = Of(times.ComputeInput),
        ComputeInfer = Of(times.ComputeInfer),
        ComputeOutput = Of(times.ComputeOutput),
        CacheHit = Of(times.CacheHit),
        CacheMiss = Of(times.CacheMiss),
    };

    private static Messages.InferBatchStatistics Of(RunStatistics runs) => new()
    {
        BatchSize = (ulong)runs.BatchSize,
        ComputeInput = Of(runs.ComputeInput),
        ComputeInfer = Of(runs.ComputeInfer),
        ComputeOutput = Of(runs.ComputeOutput),
    };

    private static Messages.StatisticDuration Of(Tally tally) => new() { Count = (ulong)tally.Count, Ns = (ulong)tally.Ns };
}
