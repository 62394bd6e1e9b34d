using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Platform.Client.Events;
using Platform.Client.Explanations;
using Platform.Client.Models;
using Platform.Client.Monitoring;
using Platform.Client.Predictions;

namespace Platform.Client.Transport;

/// <summary>What is read and written, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Page<ModelDescription>))]
[JsonSerializable(typeof(Page<ModelVersion>))]
[JsonSerializable(typeof(Page<HistoryEntry>))]
[JsonSerializable(typeof(Page<Alert>))]
[JsonSerializable(typeof(Page<PlatformEvent>))]
[JsonSerializable(typeof(Promotion))]
[JsonSerializable(typeof(RowAnswer))]
[JsonSerializable(typeof(JobReceipt))]
[JsonSerializable(typeof(JobAnswer))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(MonitoringPage))]
[JsonSerializable(typeof(LabelReceipt))]
internal sealed partial class ClientJson : JsonSerializerContext;
