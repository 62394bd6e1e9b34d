using Platform.Onnx.Tensors;
using static Platform.TestModels.OnnxFile;

namespace Platform.TestModels;

/// <summary>Small models of text: the words of <c>text</c> stand for two numbers each, those of the filling for none.</summary>
public static class TextModels
{
    private const string Ml = "ai.onnx.ml";

    /// <summary><c>y</c> is the average over the words and whatever fills the text up to the longest of the batch.</summary>
    public static OnnxFile Average() => Words().Node("ReduceMean", ["numbers", "words"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 2);

    /// <summary><c>y</c> is the sum over the words, to which the filling adds nothing.</summary>
    public static OnnxFile Sum() => Words().Node("ReduceSum", ["numbers", "words"], ["y"], "", Integer("keepdims", 0)).Output("y", Datatype.FP32, "n", 2);

    private static OnnxFile Words() => new OnnxFile().Import("", 20).Import(Ml, 3).Input("text", Datatype.Bytes, "n")
        .Constant("table", Datatype.FP32, [3, 2], 0f, 0f, 1f, 10f, 2f, 20f).Constant("words", Datatype.Int64, [1], 1L)
        .Node("StringSplit", ["text"], ["split", "count"], "", Text("delimiter", " "))
        .Node("LabelEncoder", ["split"], ["ids"], Ml, OnnxFile.Texts("keys_strings", "", "a"), Integers("values_int64s", 0, 1), Integer("default_int64", 2))
        .Node("Gather", ["table", "ids"], ["numbers"]);
}
