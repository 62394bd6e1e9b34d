using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Platform.Client.Events;
using Platform.Client.Explanations;
using Platform.Client.Models;
using Platform.Client.Monitoring;
using Platform.Client.Predictions;
using Platform.Client.Records;

namespace Platform.Client.Transport;

/// <summary>What is read and written, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Page<ModelDescription>))]
[JsonSerializable(typeof(Page<ModelVersion>))]
[JsonSerializable(typeof(Page<HistoryEntry>))]
[JsonSerializable(typeof(Page<Alert>))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(AlertRule))]
[JsonSerializable(typeof(Page<AlertRule>))]
[JsonSerializable(typeof(Page<PlatformEvent>))]
[JsonSerializable(typeof(Page<FoundPrediction>))]
[JsonSerializable(typeof(Page<Review>))]
[JsonSerializable(typeof(RecordedPrediction))]
[JsonSerializable(typeof(FeedbackReceipt))]
[JsonSerializable(typeof(Promotion))]
[JsonSerializable(typeof(RowAnswer))]
[JsonSerializable(typeof(JobReceipt))]
[JsonSerializable(typeof(JobAnswer))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Importance))]
[JsonSerializable(typeof(Dependence))]
[JsonSerializable(typeof(MonitoringPage))]
[JsonSerializable(typeof(LabelReceipt))]
[JsonSerializable(typeof(OutcomeReceipt))]
internal sealed partial class ClientJson : JsonSerializerContext;
