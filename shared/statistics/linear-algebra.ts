/** A square matrix, row after row. */
export type Matrix = Float64Array

/**
 * Lower Cholesky factor of a symmetric positive definite matrix.
 * @returns undefined when it is not positive definite to rounding.
 */
export function cholesky(matrix: Matrix, size: number): Matrix | undefined {
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (factor[i * size + k] ?? 0) * (factor[j * size + k] ?? 0)
      if (i === j) {
        if (!(sum > 1e-12 * (matrix[i * size + i] ?? 0))) return undefined
        factor[i * size + i] = Math.sqrt(sum)
      } else factor[i * size + j] = sum / (factor[j * size + j] ?? 1)
    }
  }
  return factor
}

/** Solves L Lᵀ x = b for a Cholesky factor L. */
export function solveCholesky(factor: Matrix, size: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b)
  for (let i = 0; i < size; i++) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (factor[i * size + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (factor[i * size + i] ?? 1)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= (factor[k * size + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (factor[i * size + i] ?? 1)
  }
  return x
}

/** Inverse out of a Cholesky factor. */
export function invertCholesky(factor: Matrix, size: number): Matrix {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size)
    unit[column] = 1
    solveCholesky(factor, size, unit).forEach((value, row) => {
      inverse[row * size + column] = value
    })
  }
  return inverse
}

/** a b for two square matrices. */
export function multiply(a: Matrix, b: Matrix, size: number): Matrix {
  const product = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const left = a[i * size + k] ?? 0
      for (let j = 0; j < size; j++)
        product[i * size + j] = (product[i * size + j] ?? 0) + left * (b[k * size + j] ?? 0)
    }
  return product
}
