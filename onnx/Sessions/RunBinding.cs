using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>The runtime's own description of one run: which memory, which shapes.</summary>
internal sealed class RunBinding : IDisposable
{
    private readonly Place[] _inputs;
    private readonly Place[] _outputs;
    private readonly List<OrtValue> _values = [];

    public RunBinding(OrtIoBinding native, string[] inputNames, ReadOnlySpan<TensorBuffer> inputs, string[] outputNames,
        ReadOnlySpan<TensorBuffer> outputs)
    {
        Native = native;
        _inputs = Places(inputs);
        _outputs = Places(outputs);
        for (var i = 0; i < inputs.Length; i++) native.BindInput(inputNames[i], Describe(inputs[i]));
        for (var i = 0; i < outputs.Length; i++) native.BindOutput(outputNames[i], Describe(outputs[i]));
    }

    public OrtIoBinding Native { get; }

    /// <summary>Whether the tensors still have the shapes and lie at the places that are bound.</summary>
    public bool Covers(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        for (var i = 0; i < inputs.Length; i++)
            if (inputs[i].Address != _inputs[i].Address || !inputs[i].Shape.SequenceEqual(_inputs[i].Shape)) return false;
        for (var i = 0; i < outputs.Length; i++)
            if (outputs[i].Address != _outputs[i].Address) return false;
        return true;
    }

    /// <summary>Gives the outputs the shapes that are bound; their memory is large enough, so it stays where it is.</summary>
    public void Prepare(ReadOnlySpan<TensorBuffer> outputs)
    {
        for (var i = 0; i < outputs.Length; i++) outputs[i].Reset(_outputs[i].Datatype, _outputs[i].Shape);
    }

    public void Dispose()
    {
        Native.Dispose();
        foreach (var value in _values) value.Dispose();
    }

    private OrtValue Describe(TensorBuffer tensor)
    {
        var value = RuntimeValues.Over(tensor);
        _values.Add(value);
        return value;
    }

    private static Place[] Places(ReadOnlySpan<TensorBuffer> tensors)
    {
        var places = new Place[tensors.Length];
        for (var i = 0; i < places.Length; i++) places[i] = new Place(tensors[i].Address, tensors[i].Datatype, tensors[i].Shape.ToArray());
        return places;
    }

    private readonly record struct Place(nint Address, Datatype Datatype, long[] Shape);
}
