/** What an operator of a graph does to the machine that runs it; the rest only computes. */
export type Reach =
  | 'reads-file'
  | 'writes-file'
  | 'calls-python'
  | 'network'
  | 'native-code'
  | 'checkpoint'
  | 'prints'

const groups: readonly [Reach, string][] = [
  ['calls-python', 'PyFunc PyFuncStateless EagerPyFunc NumpyFunction'],
  ['reads-file', 'ReadFile MatchingFiles WholeFileReader WholeFileReaderV2 TextLineReader'],
  ['reads-file', 'TextLineReaderV2 TFRecordReader TFRecordReaderV2 FixedLengthRecordReader'],
  ['reads-file', 'FixedLengthRecordReaderV2 LMDBReader LMDBDataset TextLineDataset SqlDataset'],
  ['reads-file', 'TFRecordDataset TFRecordDatasetV2 FixedLengthRecordDataset MatchingFilesDataset'],
  ['reads-file', 'FixedLengthRecordDatasetV2 CSVDataset CSVDatasetV2 LoadDataset ImportEvent'],
  ['reads-file', 'ImmutableConst GetElementAtIndexFromFile DecodeProtoV2 EncodeProto'],
  ['writes-file', 'WriteFile SaveDataset SaveDatasetV2 SnapshotDataset SnapshotDatasetV2'],
  ['writes-file', 'CreateSummaryFileWriter CreateSummaryDbWriter DatasetToTFRecord'],
  ['writes-file', 'ExperimentalDatasetToTFRecord'],
  ['network', 'DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount DebugNumericSummary'],
  ['network', 'Rpc TryRpc DataServiceDataset DataServiceDatasetV2 DataServiceDatasetV3'],
  ['network', 'DataServiceDatasetV4 RegisterDataset RegisterDatasetV2 RpcClient RpcCall RpcServer'],
  ['network', 'BigQueryReader GcsConfigureCredentials GcsConfigureBlockCache'],
  ['native-code', 'XlaCustomCall XlaCustomCallV2 XlaHostCompute TPUExecute CustomAggregator'],
  ['native-code', 'TRTEngineOp CreateTRTResourceHandle InitializeTRTResource'],
  ['checkpoint', 'Save SaveSlices SaveV2 Restore RestoreSlice RestoreV2 MergeV2Checkpoints'],
  ['checkpoint', 'ShardedFilename ShardedFilespec InitializeTableFromTextFile'],
  ['checkpoint', 'InitializeTableFromTextFileV2 LoadAndRemapMatrix GenerateVocabRemapping'],
  ['prints', 'Print PrintV2 Assert'],
]

/** Operators of TensorFlow's registry (tensorflow/core/ops) that reach beyond tensors. */
const REACH: ReadonlyMap<string, Reach> = new Map(
  groups.flatMap(([reach, names]) => names.split(' ').map((name) => [name, reach] as const)),
)

export const reachOf = (operator: string): Reach | undefined => REACH.get(operator)

/** 'IO>KafkaReadable': the operator was registered by another library under its own prefix. */
export const isCustomOperator = (operator: string): boolean => operator.includes('>')
