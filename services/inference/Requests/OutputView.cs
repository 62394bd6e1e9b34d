using Platform.Inference.Protocol;
using Platform.Inference.Recording;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Requests;

/// <summary>What a reply shows of each wanted output: the tensor itself, or its best classes.</summary>
internal sealed class OutputView(RequestSchema schema)
{
    private readonly TensorBuffer?[] _classes = new TensorBuffer?[schema.Outputs.Count];
    private readonly TensorBuffer[] _shown = new TensorBuffer[schema.Outputs.Count];

    /// <summary>Memory held, in bytes.</summary>
    public long Capacity
    {
        get
        {
            long capacity = 0;
            foreach (var tensor in _classes) capacity += tensor?.Capacity ?? 0;
            return capacity;
        }
    }

    /// <summary>For each wanted output, in that order, what to show.</summary>
    public ReadOnlySpan<TensorBuffer> Of(InferRequest request, ReadOnlySpan<TensorBuffer> outputs, OutputLabels labels)
    {
        for (var i = 0; i < request.Outputs.Length; i++)
        {
            var wanted = request.Outputs[i];
            _shown[i] = wanted.Classes == 0 ? outputs[wanted.Index] : Classify(wanted, outputs[wanted.Index], request.Rows, labels);
        }

        return _shown.AsSpan(0, request.Outputs.Length);
    }

    public void Trim(int keep)
    {
        foreach (var tensor in _classes) tensor?.Trim(keep);
    }

    private TensorBuffer Classify(RequestedOutput wanted, TensorBuffer scores, int rows, OutputLabels labels)
    {
        var target = _classes[wanted.Index] ??= new TensorBuffer();
        Classification.Write(scores, rows, wanted.Classes, labels.Of(wanted.Index), target);
        return target;
    }
}
