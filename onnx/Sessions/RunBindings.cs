using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Runs that are repeated over the same memory with the same shapes need not describe their tensors to the runtime each time:
/// the second such run leaves a binding, and the ones after it cost no managed allocation. Tensors on the CPU without strings only.
/// </summary>
internal sealed class RunBindings(InferenceSession session, string[] inputNames, string[] outputNames) : IDisposable
{
    private const int MaxKept = 128;
    private const int MaxBytes = 1 << 20;

    private readonly Dictionary<int, RunBinding> _bindings = [];
    private readonly HashSet<int> _seen = [];

    /// <summary>Runs over a binding made before; false when there is none for these shapes and this memory.</summary>
    public bool TryRun(RunOptions options, ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        if (!_bindings.TryGetValue(Key(inputs), out var binding)) return false;
        if (!binding.Covers(inputs, outputs))
        {
            Clear(); // the memory has moved, so none of the bindings holds any more
            return false;
        }

        binding.Prepare(outputs);
        session.RunWithBinding(options, binding.Native);
        return true;
    }

    /// <summary>After a run without a binding: makes one if these shapes come for the second time.</summary>
    public void Remember(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        if (Bytes(inputs) + Bytes(outputs) > MaxBytes) return;
        var key = Key(inputs);
        if (_seen.Count >= MaxKept) _seen.Clear();
        if (_seen.Add(key)) return;
        if (_bindings.Count >= MaxKept) Clear();
        _bindings[key] = new RunBinding(session.CreateIoBinding(), inputNames, inputs, outputNames, outputs);
    }

    /// <summary>Whether runs over these tensors can be bound at all.</summary>
    public static bool Suit(ReadOnlySpan<TensorBuffer> tensors)
    {
        foreach (var tensor in tensors)
            if (tensor.Datatype == Datatype.Bytes || tensor.Count == 0) return false;
        return true;
    }

    public void Clear()
    {
        foreach (var binding in _bindings.Values) binding.Dispose();
        _bindings.Clear();
        _seen.Clear();
    }

    public void Dispose() => Clear();

    private static int Key(ReadOnlySpan<TensorBuffer> inputs)
    {
        var key = new HashCode();
        foreach (var input in inputs)
            foreach (var size in input.Shape) key.Add(size);
        return key.ToHashCode();
    }

    private static long Bytes(ReadOnlySpan<TensorBuffer> tensors)
    {
        long bytes = 0;
        foreach (var tensor in tensors) bytes += tensor.Data.Length;
        return bytes;
    }
}
